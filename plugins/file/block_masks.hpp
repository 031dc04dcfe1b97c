// SPDX-License-Identifier: Apache-2.0
// What the 64 bytes at one place of a delimited text mean, found by the parity of quotes. Where quotes are not used
// as the grammar wants them, `doubt` says so, and only what lies before the doubt is meaningful.
#pragma once

#include <bit>

#include "block.hpp"
#include "record.hpp"

namespace sluice::file {

struct BlockMasks {
  std::uint64_t line_feeds = 0;   // all of them, quoted ones too
  std::uint64_t record_ends = 0;  // line feeds outside quotes
  std::uint64_t structural = 0;   // delimiters and line feeds outside quotes
  bool high_bytes = false;
  bool doubt = false;
  bool inside = false;  // the next block begins inside quotes
};

class BlockReader {
 public:
  explicit BlockReader(const Grammar& grammar) : grammar_(grammar) {}

  // `at` is in a window that ends at `end`. `edge`: a field may begin at `at`. `inside`: from the block before.
  BlockMasks read(const char* at, const char* end, bool edge, bool inside) const {
    const Block block(at);
    const std::uint64_t valid = end - at >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (end - at)) - 1;
    BlockMasks masks;
    masks.line_feeds = block.equal('\n') & valid;
    masks.record_ends = masks.line_feeds;
    masks.structural = masks.line_feeds;
    if (grammar_.has_delimiter) masks.structural |= block.equal(grammar_.delimiter) & valid;
    masks.high_bytes = block.has_high_bytes();
    if (!grammar_.has_quote) return masks;
    const std::uint64_t quotes = block.equal(grammar_.quote) & valid;
    masks.inside = inside;
    if (quotes == 0) {
      if (inside) masks.structural = masks.record_ends = 0;
      return masks;
    }
    apply(quotes, block, at, edge, masks);
    return masks;
  }
  // Whether a quote behind this character opens a field, or is the second of a pair.
  bool is_edge(char c) const {
    return c == '\n' || c == grammar_.quote || (grammar_.has_delimiter && c == grammar_.delimiter);
  }

 private:
  void apply(std::uint64_t quotes, const Block& block, const char* at, bool edge, BlockMasks& masks) const {
    const std::uint64_t quoted = prefix_parity(quotes) ^ (masks.inside ? ~std::uint64_t{0} : 0);
    const std::uint64_t edges = masks.structural | quotes;
    const std::uint64_t line_ends = block.equal('\r') & shift_in(masks.line_feeds, at[64] == '\n');
    const bool next_is_end = is_edge(at[64]) || (at[64] == '\r' && at[65] == '\n');
    const std::uint64_t wrong_opening = quotes & quoted & ~(edges << 1 | std::uint64_t{edge});
    const std::uint64_t wrong_closing = quotes & ~quoted & ~shift_in(edges | line_ends, next_is_end);
    masks.structural &= ~quoted;
    masks.record_ends &= ~quoted;
    masks.inside = (quoted >> 63) != 0;
    const std::uint64_t wrong = wrong_opening | wrong_closing;
    if (wrong == 0) return;
    const std::uint64_t before = (wrong & -wrong) - 1;
    masks.structural &= before;
    masks.record_ends &= before;
    masks.doubt = true;
  }
  static std::uint64_t shift_in(std::uint64_t bits, bool last) { return bits >> 1 | std::uint64_t{last} << 63; }

  Grammar grammar_;
};

}  // namespace sluice::file
