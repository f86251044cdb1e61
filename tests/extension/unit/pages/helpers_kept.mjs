// A family's people as storage.local keeps them, for the pages that show them.
export const LAN = { id: "00000000-0000-4000-8000-000000000001", name: "Lan", relation: "mother", you: "", me: "", phone: "0900000001", mail: "lan@gia-dinh.example", chat: "https://zalo.me/0900000001" };
export const HOA = { ...LAN, id: "00000000-0000-4000-8000-000000000002", name: "Hoa", relation: "teacher_woman", phone: "", mail: "", chat: "https://chat.example/hoa" };
export const HAI = { ...LAN, id: "00000000-0000-4000-8000-000000000003", name: "Hai", relation: "other", you: "dì", me: "con", phone: "0900000003", mail: "", chat: "" };

/** As many as may be. */
export const EIGHT = Array.from({ length: 8 }, (_, n) => ({ ...LAN, id: `00000000-0000-4000-8000-00000000001${n}`, name: `Minh ${n}`, relation: "friend", phone: "" }));
