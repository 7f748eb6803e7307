#!/bin/sh
# Installs headless Chromium and a Chinese font from Debian's packages when they are missing; the browser tests need them.
set -eu
if command -v chromium >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q .; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "没有找到 chromium，浏览器测试将被跳过（apt-get install chromium fonts-noto-cjk 可安装）。"
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-wqy-zenhei >/dev/null
