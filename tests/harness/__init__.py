"""What the tests share: a real service process, real browsers, and eyes for what they did."""
