// SPDX-License-Identifier: Apache-2.0
#include "range_scan.hpp"

#include "block_masks.hpp"
#include "careful_record.hpp"

namespace sluice::file {

namespace {

class Scan {
 public:
  Scan(const Grammar& grammar, Window window, std::vector<std::uint64_t> cuts)
      : grammar_(grammar), reader_(grammar), window_(std::move(window)), cuts_(std::move(cuts)) {
    begin_range(window_.offset(), 1);
    restart(window_.begin());
  }

  std::vector<RangeStart> run(const std::function<void()>& pause) {
    for (;;) {
      if (window_.end() - at_ <= 0) {
        pause();
        if (!refill()) break;
      }
      block();
    }
    while (ranges_.size() > 1 && ranges_.back().offset >= window_.offset()) ranges_.pop_back();
    return std::move(ranges_);
  }

 private:
  bool refill() {
    window_.drop_to(record_);
    const bool more = window_.more();
    restart(window_.begin());
    if (!more && window_.size() != 0) {  // ended inside quotes
      careful();
      return true;
    }
    return more;
  }
  void restart(const char* record) {
    record_ = at_ = record;
    inside_ = false;
    lines_ = 0;
  }
  void block() {
    const BlockMasks masks = reader_.read(at_, window_.end(), at_ == record_ || reader_.is_edge(at_[-1]), inside_);
    if (is_too_long(masks)) return careful();
    const std::uint64_t ends = masks.record_ends;
    if (ends != 0 && window_.offset_of(at_) + 64 >= next_cut()) cut_within(ends, masks.line_feeds);
    if (ends != 0) {
      const int last = 63 - std::countl_zero(ends);
      line_ += lines_ + count_to(masks.line_feeds, last);
      lines_ = 0;
      record_ = at_ + last + 1;
      lines_ += last == 63 ? 0 : static_cast<std::uint64_t>(std::popcount(masks.line_feeds >> (last + 1)));
    } else {
      lines_ += static_cast<std::uint64_t>(std::popcount(masks.line_feeds));
    }
    if (masks.doubt) return careful();
    inside_ = masks.inside;
    at_ += 64;
  }
  bool is_too_long(const BlockMasks& masks) const {
    const auto before = static_cast<std::size_t>(at_ - record_);
    const std::size_t here =
        masks.record_ends == 0 ? 64 : static_cast<std::size_t>(std::countr_zero(masks.record_ends)) + 1;
    return before + here > grammar_.longest + 1;
  }
  // The record at record_, by the careful grammar.
  void careful() {
    window_.drop_to(record_);
    const CarefulRecord found = cut_carefully(grammar_, window_, nullptr);
    line_ += found.lines;
    restart(found.next);
    offer(window_.offset_of(record_), line_);
  }
  void cut_within(std::uint64_t ends, std::uint64_t line_feeds) {
    for (; ends != 0; ends &= ends - 1) {
      const int bit = std::countr_zero(ends);
      offer(window_.offset_of(at_ + bit + 1), line_ + lines_ + count_to(line_feeds, bit));
    }
  }
  std::uint64_t next_cut() const { return next_ == cuts_.size() ? UINT64_MAX : cuts_[next_]; }
  void offer(std::uint64_t offset, std::uint64_t line) {
    if (offset >= next_cut()) begin_range(offset, line);
  }
  void begin_range(std::uint64_t offset, std::uint64_t line) {
    ranges_.push_back({offset, line});
    while (next_cut() <= offset) ++next_;
  }
  // Bits 0 to `last`.
  static std::uint64_t count_to(std::uint64_t bits, int last) {
    return static_cast<std::uint64_t>(std::popcount(bits << (63 - last)));
  }

  const Grammar grammar_;
  const BlockReader reader_;
  Window window_;
  const std::vector<std::uint64_t> cuts_;
  std::size_t next_ = 0;  // of cuts_
  std::vector<RangeStart> ranges_;
  const char* record_ = nullptr;
  const char* at_ = nullptr;
  bool inside_ = false;
  std::uint64_t line_ = 1;   // of record_
  std::uint64_t lines_ = 0;  // line feeds from record_ to at_
};

}  // namespace

std::vector<RangeStart> scan_ranges(const Grammar& grammar, Window window, std::vector<std::uint64_t> cuts,
                                    const std::function<void()>& pause) {
  return Scan(grammar, std::move(window), std::move(cuts)).run(pause);
}

}  // namespace sluice::file
