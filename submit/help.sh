# To be sourced by a script of this folder: asked for help, it prints the comment at its head and ends.
# shellcheck shell=bash
if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
  exit
fi
