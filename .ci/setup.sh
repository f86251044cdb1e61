# Shared by the commands beside this file: check the computer, make .venv, say what is missing.
# Sourced with the repository as the current folder; POSIX sh, so that it runs anywhere.

say() { printf '%s\n' "$*"; }

# stop VI EN: one clear sentence with the way out, in both languages.
stop() {
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

need_folder() {
    if ! probe=$(mktemp -d ./.write-probe.XXXXXX 2>/dev/null); then
        stop "Không ghi được vào thư mục $PWD. Hãy chép dự án vào thư mục của bạn (ví dụ $HOME) rồi chạy lại." \
            "The folder $PWD cannot be written to. Copy the project into a folder of your own (such as $HOME) and run this again."
    fi
    rmdir "$probe"
}

# Sets $python to one that is new enough and can make virtual environments, and $venv_package to
# what Debian and Ubuntu call its venv part.
need_python() {
    python=
    old=
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            python=$candidate
            break
        fi
        if [ -z "$old" ]; then
            old=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || old=
        fi
    done
    if [ -z "$python" ] && [ -n "$old" ]; then
        stop "Máy đang có Python $old; cần bản 3.11 trở lên (Debian 12 và Ubuntu 24.04 có sẵn).
Trên Ubuntu 22.04, chạy dòng này rồi thử lại: sudo apt install python3.11 python3.11-venv
Trên Debian 11 hoặc Ubuntu cũ hơn: nâng cấp hệ điều hành, hoặc cài Python mới từ python.org.
" "This computer has Python $old; 3.11 or newer is needed (Debian 12 and Ubuntu 24.04 bring it).
On Ubuntu 22.04 run this line, then try again: sudo apt install python3.11 python3.11-venv
On Debian 11 or an older Ubuntu: upgrade the system, or install a newer Python from python.org."
    fi
    if [ -z "$python" ]; then
        stop "Máy chưa có Python; cần bản 3.11 trở lên. Trên Debian hoặc Ubuntu: sudo apt install python3 python3-venv" \
            "There is no Python here; 3.11 or newer is needed. On Debian or Ubuntu: sudo apt install python3 python3-venv"
    fi
    case ${python##*/} in
        python3.*) venv_package=${python##*/}-venv ;;
        *) venv_package=python3-venv ;;
    esac
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        stop "Python ở đây thiếu phần tạo môi trường riêng (venv). Trên Debian hoặc Ubuntu: sudo apt install $venv_package" \
            "This Python lacks its venv part. On Debian or Ubuntu: sudo apt install $venv_package"
    fi
}

# What .venv was made from; it stays valid while nothing of this changes.
venv_stamp() {
    say "$PWD $("$python" -V 2>&1) $(cat pyproject.toml "requirements/$1.txt" | cksum)"
}

# prepare_venv run|test: everything in requirements/$1.txt, by hash, and this checkout itself.
prepare_venv() {
    wanted=$(venv_stamp "$1")
    if [ "$(cat ".venv/$1.stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
        return 0
    fi
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        say "· Tạo môi trường Python riêng trong .venv / Making a Python environment in .venv"
        "$python" -m venv --clear .venv ||
            stop "Không tạo được .venv (xem dòng lỗi ở trên). Thường là do thiếu $venv_package hoặc hết chỗ trên đĩa." \
                "Could not make .venv (see the lines above). Usually $venv_package is missing or the disk is full."
    fi
    say "· Tải và cài các gói đã ghim (khoảng $2, vài phút trong lần đầu) / Downloading and installing the pinned packages (about $2, some minutes the first time)"
    install_packages --require-hashes -r "requirements/$1.txt"
    # Editable: the service that runs is the checkout you look at. No build isolation: the build
    # tool is one of the packages pinned by hash above.
    install_packages --no-deps --no-build-isolation --editable .
    say "$wanted" >".venv/$1.stamp"
}

install_packages() {
    if .venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet \
        --retries 2 --timeout 20 "$@" >.venv/pip.log 2>&1; then
        return 0
    fi
    if grep -q -i 'no space left\|disk quota' .venv/pip.log; then
        stop "Hết chỗ trên đĩa. Hãy xóa bớt vài thứ (cần khoảng 1 GB) rồi chạy lại." \
            "The disk is full. Make some room (about 1 GB is needed) and run this again."
    fi
    if grep -q -i 'do not match the hashes' .venv/pip.log; then
        stop "Một gói tải về không đúng như bản đã ghim nên không được cài. Hãy thử mạng khác rồi chạy lại; nếu vẫn vậy, báo cho người bảo trì." \
            "A downloaded package is not the pinned one, so it was not installed. Try another network and run this again; if it stays so, tell the maintainers."
    fi
    if grep -q -i 'connection\|resolve\|unreachable\|timed out\|proxy\|ssl' .venv/pip.log; then
        stop "Không tải được các gói cần thiết: máy này chưa nối mạng, hoặc mạng chặn kho gói Python. Hãy nối mạng rồi chạy lại." \
            "The packages could not be downloaded: this computer is offline, or the network blocks the Python package index. Connect and run this again."
    fi
    tail -n 15 .venv/pip.log >&2
    stop "Cài các gói không thành công; lý do ở các dòng trên, đầy đủ trong .venv/pip.log." \
        "Installing the packages failed; the reason stands above, the whole of it in .venv/pip.log."
}
