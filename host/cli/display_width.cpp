// SPDX-License-Identifier: Apache-2.0
#include "cli/display_width.hpp"

#include <clocale>
#include <cwchar>

namespace sluice::cli {
namespace {

// The C library knows the widths, in a locale of UTF-8 only, whatever the user's is.
class Utf8Locale {
 public:
  Utf8Locale() : before_(uselocale(utf8())) {}
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
  ~Utf8Locale() { uselocale(before_); }

 private:
  static locale_t utf8() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;  // NULL leaves the thread's locale as it is
  }
  const locale_t before_;
};

struct Character {
  std::size_t bytes, width;
};

Character first_of(std::string_view text) {
  wchar_t wide = 0;
  std::mbstate_t state{};
  const std::size_t bytes = std::mbrtowc(&wide, text.data(), text.size(), &state);
  if (bytes == 0 || bytes > text.size()) return {1, 1};
  const int width = wcwidth(wide);
  return {bytes, width < 0 ? 1 : static_cast<std::size_t>(width)};
}

}  // namespace

std::size_t display_width(std::string_view text) {
  const Utf8Locale locale;
  std::size_t width = 0;
  while (!text.empty()) {
    const Character first = first_of(text);
    width += first.width;
    text.remove_prefix(first.bytes);
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (width == 0) return "";
  if (text.size() <= width || display_width(text) <= width) return std::string(text);
  const Utf8Locale locale;
  std::size_t end = 0, used = 0;
  for (;;) {
    const Character next = first_of(text.substr(end));
    if (used + next.width > width - 1) break;
    used += next.width;
    end += next.bytes;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string padded(std::string_view text, std::size_t width, bool to_the_right) {
  const std::size_t used = display_width(text);
  const std::string blanks(used < width ? width - used : 0, ' ');
  return to_the_right ? blanks + std::string(text) : std::string(text) + blanks;
}

}  // namespace sluice::cli
