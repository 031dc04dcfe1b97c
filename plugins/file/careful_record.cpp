// SPDX-License-Identifier: Apache-2.0
#include "careful_record.hpp"

#include <algorithm>
#include <cstring>

namespace sluice::file {

namespace {

constexpr std::size_t longest_raw = std::size_t{16} << 10;

std::string first_line(const char* begin, const char* end) {
  const char* last = std::find(begin, end, '\n');
  if (last != begin && last[-1] == '\r') --last;
  return {begin, std::min<std::size_t>(static_cast<std::size_t>(last - begin), longest_raw)};
}

}  // namespace

CarefulRecord cut_carefully(const Grammar& grammar, Window& window, std::vector<Span>* fields) {
  Cut cut = careful_cut(grammar, window.begin(), window.end(), window.ended(), fields);
  while (cut.outcome == Cut::Outcome::need_more) {
    window.more();
    cut = careful_cut(grammar, window.begin(), window.end(), window.ended(), fields);
  }
  CarefulRecord record{cut.next, 0, cut.fault, {}};
  if (cut.outcome == Cut::Outcome::faulty) record.raw = first_line(window.begin(), cut.next);
  if (cut.line_goes_on) {
    record.next = skip_line(window, cut.next);
    record.lines = 1;
  } else {
    record.lines = static_cast<std::uint64_t>(std::count(window.begin(), record.next, '\n'));
  }
  return record;
}

const char* skip_line(Window& window, const char* from) {
  for (;;) {
    const auto left = static_cast<std::size_t>(window.end() - from);
    const void* found = left == 0 ? nullptr : std::memchr(from, '\n', left);
    if (found != nullptr) return static_cast<const char*>(found) + 1;
    window.drop_to(window.end());
    if (!window.more() && window.size() == 0) return window.end();
    from = window.begin();
  }
}

}  // namespace sluice::file
