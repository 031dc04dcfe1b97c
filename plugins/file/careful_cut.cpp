// SPDX-License-Identifier: Apache-2.0
#include "careful_cut.hpp"

#include <cstring>

namespace sluice::file {

namespace {

class Walk {
 public:
  Walk(const Grammar& grammar, const char* begin, const char* end, std::vector<Span>* fields)
      : grammar_(grammar), at_(begin), end_(end), fields_(fields) {}

  enum class Stop { record, out_of_text, bad_quote };

  Stop record() {
    if (fields_ != nullptr) fields_->clear();
    for (;;) {
      if (grammar_.trim) skip_blanks();
      if (at_ == end_) return Stop::out_of_text;
      const Stop stop = grammar_.has_quote && *at_ == grammar_.quote ? quoted() : plain();
      if (stop != Stop::record) return stop;
      if (*at_++ == '\n') return Stop::record;
    }
  }
  const char* at() const { return at_; }
  bool inside_quotes() const { return inside_quotes_; }

 private:
  // Leaves `at_` on the delimiter or the line feed.
  Stop quoted() {
    const char* const begin = at_++;
    inside_quotes_ = true;
    for (;; ++at_) {
      at_ = find_in_quotes();
      if (at_ == nullptr) return Stop::out_of_text;
      if (*at_ == '\\' && grammar_.backslash) {
        if (++at_ == end_) return Stop::out_of_text;
        continue;
      }
      if (at_ + 1 == end_) return Stop::out_of_text;
      if (at_[1] != grammar_.quote) break;
      ++at_;
    }
    inside_quotes_ = false;
    const char* const behind = ++at_;
    if (grammar_.trim) skip_blanks();
    if (at_ == end_) return Stop::out_of_text;
    if (*at_ == '\r' && at_ + 1 == end_) return Stop::out_of_text;
    if (*at_ == '\r' && at_[1] == '\n') ++at_;
    if (!ends_field(*at_)) return Stop::bad_quote;
    add(begin, behind);
    return Stop::record;
  }
  const char* find_in_quotes() const {
    const auto left = static_cast<std::size_t>(end_ - at_);
    if (!grammar_.backslash) return static_cast<const char*>(std::memchr(at_, grammar_.quote, left));
    for (const char* at = at_; at != end_; ++at)
      if (*at == grammar_.quote || *at == '\\') return at;
    return nullptr;
  }
  Stop plain() {
    const char* const begin = at_;
    while (at_ != end_ && !ends_field(*at_)) {
      if (*at_ == '\\' && grammar_.backslash && at_ + 1 != end_ && at_[1] != '\n') ++at_;
      ++at_;
    }
    if (at_ == end_) return Stop::out_of_text;
    const char* last = at_;
    if (*at_ == '\n' && last != begin && last[-1] == '\r') --last;
    while (grammar_.trim && last != begin && is_blank(last[-1])) --last;
    add(begin, last);
    return Stop::record;
  }
  bool ends_field(char c) const { return c == '\n' || (grammar_.has_delimiter && c == grammar_.delimiter); }
  void skip_blanks() {
    while (at_ != end_ && is_blank(*at_) && !ends_field(*at_)) ++at_;
  }
  void add(const char* begin, const char* end) {
    if (fields_ != nullptr) fields_->push_back({begin, end});
  }

  const Grammar& grammar_;
  const char* at_;
  const char* end_;
  std::vector<Span>* fields_;
  bool inside_quotes_ = false;
};

// The first line alone, or what there is of it.
Cut faulty(Fault fault, const char* begin, const char* end, bool all) {
  const auto* line_feed = static_cast<const char*>(std::memchr(begin, '\n', static_cast<std::size_t>(end - begin)));
  if (line_feed != nullptr) return {Cut::Outcome::faulty, line_feed + 1, fault};
  return all ? Cut{Cut::Outcome::faulty, end, Fault::too_long, true} : Cut{Cut::Outcome::need_more};
}

}  // namespace

Cut careful_cut(const Grammar& grammar, const char* begin, const char* end, bool complete, std::vector<Span>* fields) {
  const bool full = static_cast<std::size_t>(end - begin) > grammar.longest;
  const char* const limit = full ? begin + grammar.longest + 1 : end;
  Walk walk(grammar, begin, limit, fields);
  switch (walk.record()) {
    case Walk::Stop::record:
      return {Cut::Outcome::whole, walk.at(), Fault::none};
    case Walk::Stop::bad_quote:
      return faulty(Fault::bad_quote, begin, limit, full);
    case Walk::Stop::out_of_text:
      break;
  }
  if (!full && !complete) return {Cut::Outcome::need_more};
  return faulty(walk.inside_quotes() ? Fault::open_quote : Fault::too_long, begin, limit, true);
}

}  // namespace sluice::file
