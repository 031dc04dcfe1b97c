// SPDX-License-Identifier: Apache-2.0
#include "cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/display_width.hpp"

namespace sluice::cli {
namespace {

constexpr std::string_view erase_line = "\r\x1b[K";

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool has_controls() {
  const char* term = std::getenv("TERM");
  return term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

Device device(std::ostream& stream, int descriptor) {
  Device result{&stream};
  if (isatty(descriptor) == 0 || !has_controls()) return result;
  result.terminal = true;
  result.colour = !is_set("NO_COLOR");
  winsize size{};
  bool known = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  result.width = known ? size.ws_col : 80;
  return result;
}

const char* code_of(Style style) {
  switch (style) {
    case Style::bold:
      return "\x1b[1m";
    case Style::good:
      return "\x1b[32m";
    case Style::bad:
      return "\x1b[1;31m";
    case Style::warning:
      return "\x1b[33m";
    case Style::faint:
      return "\x1b[2m";
    case Style::plain:
      break;
  }
  return "";
}

}  // namespace

Console Console::standard() { return {device(std::cout, STDOUT_FILENO), device(std::cerr, STDERR_FILENO)}; }

bool Console::print(std::string_view text) {
  output_.stream->write(text.data(), static_cast<std::streamsize>(text.size()));
  output_.stream->flush();
  return output_.stream->good();
}

void Console::erase_live() {
  if (!live_.empty()) *error_.stream << erase_line;
}

void Console::tell(std::string_view text) {
  if (text.empty()) return;
  std::string whole(text);
  if (whole.back() != '\n') whole += '\n';
  std::lock_guard lock(mutex_);
  erase_live();
  *error_.stream << whole << live_ << std::flush;
}

void Console::live(std::string_view line) {
  std::lock_guard lock(mutex_);
  erase_live();
  live_ = error_.width > 1 ? cut_to_width(line, error_.width - 1) : std::string(line);
  *error_.stream << live_ << std::flush;
}

std::string paint(const Device& device, Style style, std::string_view text) {
  if (!device.colour || style == Style::plain || text.empty()) return std::string(text);
  return std::string(code_of(style)).append(text).append("\x1b[0m");
}

}  // namespace sluice::cli
