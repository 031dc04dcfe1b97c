// SPDX-License-Identifier: Apache-2.0
#include "range_scan.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <optional>

#include "block_masks.hpp"
#include "careful_record.hpp"
#include "sluice/error.hpp"

namespace sluice::file {

namespace {

using Pause = std::function<void()>;

// Finds the first record at or behind each cut, from a window on where a record begins.
class Scan {
 public:
  Scan(const Grammar& grammar, Window window, std::uint64_t line, std::vector<std::uint64_t> cuts)
      : grammar_(grammar), reader_(grammar), window_(std::move(window)), cuts_(std::move(cuts)), line_(line) {
    restart(window_.begin());
  }

  // As far as the text goes.
  std::vector<RangeStart> run(const Pause& pause) {
    while (next_ != cuts_.size()) {
      if (window_.end() - at_ <= 0) {
        pause();
        if (!refill()) break;
      }
      block();
    }
    return std::move(found_);
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
    if (offset < next_cut()) return;
    found_.push_back({offset, line});
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
  std::vector<RangeStart> found_;
  const char* record_ = nullptr;
  const char* at_ = nullptr;
  bool inside_ = false;
  std::uint64_t line_;       // of record_
  std::uint64_t lines_ = 0;  // line feeds from record_ to at_
};

// Where threads begin to scan. Behind the first line feed of each share of the text a record begins, unless that stands
// in quotes.
std::vector<Window> guess_stretches(const OpenText& open, std::uint64_t size, std::size_t count) {
  std::vector<Window> stretches;
  stretches.push_back(open(0));
  for (std::size_t i = 1; i < count; ++i) {
    Window window = open(size / count * i);
    window.more();
    const char* const line_end = std::find(window.begin(), window.end(), '\n');
    if (line_end == window.end()) continue;
    window.drop_to(line_end + 1);
    if (window.offset() > stretches.back().offset() && window.offset() < size) stretches.push_back(std::move(window));
  }
  return stretches;
}

// Those of a stretch, and the begin of the next one as its last one.
std::vector<std::uint64_t> cuts_between(const std::vector<std::uint64_t>& cuts, std::uint64_t begin,
                                        std::optional<std::uint64_t> next) {
  std::vector<std::uint64_t> between;
  for (const std::uint64_t cut : cuts)
    if (cut > begin && (!next || cut <= *next)) between.push_back(cut);
  if (next) between.push_back(*next);
  return between;
}

// Ends the scans that nobody waits for any more.
class ScanThreads {
 public:
  ~ScanThreads() { stop(); }
  void stop() { stopped_ = true; }
  void start(Scan scan) {
    results_.push_back(std::async(std::launch::async, [this, scan = std::move(scan)]() mutable {
      return scan.run([this] {
        if (stopped_) throw cancelled();
      });
    }));
  }
  std::vector<RangeStart> result(std::size_t index, const Pause& pause) {
    while (results_[index].wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) pause();
    return results_[index].get();
  }

 private:
  std::atomic<bool> stopped_ = false;
  std::vector<std::future<std::vector<RangeStart>>> results_;
};

// The first record at or behind each cut, and perhaps others.
std::vector<RangeStart> find_starts(const Grammar& grammar, const OpenText& open, std::uint64_t size,
                                    std::vector<Window> stretches, const std::vector<std::uint64_t>& cuts,
                                    const Pause& pause) {
  std::vector<std::uint64_t> begins;
  for (const Window& stretch : stretches) begins.push_back(stretch.offset());
  std::vector<Scan> scans;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const auto next = i + 1 == begins.size() ? std::nullopt : std::optional(begins[i + 1]);
    scans.emplace_back(grammar, std::move(stretches[i]), 1, cuts_between(cuts, begins[i], next));
  }
  ScanThreads others;
  for (std::size_t i = 1; i < scans.size(); ++i) others.start(std::move(scans[i]));
  std::vector<RangeStart> found = scans[0].run(pause);
  for (std::size_t i = 1; i < scans.size(); ++i) {
    if (found.empty() || found.back().offset < begins[i] || found.back().offset >= size) break;  // the text ended
    const RangeStart last = found.back();
    std::vector<RangeStart> more;
    if (last.offset == begins[i]) {
      more = others.result(i - 1, pause);
      for (RangeStart& start : more) start.line += last.line - 1;
    } else {  // the guess was wrong
      others.stop();
      more = Scan(grammar, open(last.offset), last.line, cuts_between(cuts, last.offset, {})).run(pause);
      i = scans.size();
    }
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace

std::vector<RangeStart> scan_ranges(const Grammar& grammar, const OpenText& open, std::uint64_t size,
                                    const std::vector<std::uint64_t>& cuts, std::size_t threads, const Pause& pause) {
  std::vector<Window> stretches = guess_stretches(open, size, std::max<std::size_t>(threads, 1));
  std::vector<RangeStart> ranges{{stretches[0].offset(), 1}};
  auto cut = cuts.begin();
  const auto take = [&](const RangeStart& start) {
    while (cut != cuts.end() && *cut <= start.offset) ++cut;
  };
  take(ranges[0]);
  for (const RangeStart& start : find_starts(grammar, open, size, std::move(stretches), cuts, pause)) {
    if (start.offset >= size) break;
    if (cut == cuts.end() || *cut > start.offset) continue;
    ranges.push_back(start);
    take(start);
  }
  return ranges;
}

}  // namespace sluice::file
