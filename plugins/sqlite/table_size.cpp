// SPDX-License-Identifier: Apache-2.0
#include "sqlite/table_size.hpp"

#include <algorithm>
#include <optional>

#include "sql/suggest.hpp"

namespace sluice::sqlite {

namespace {

// SQLite's file format, https://www.sqlite.org/fileformat2.html#b_tree_pages
constexpr unsigned char inner_page = 0x05;
constexpr unsigned char leaf_page = 0x0D;
constexpr size_t most_page_reads = 512;
constexpr size_t longest_cell_head = 13;  // a page number and a varint

class Page {
 public:
  Page(std::vector<unsigned char> bytes, bool first) : bytes_(std::move(bytes)), header_(first ? 100 : 0) {}

  bool is_inner() const { return bytes_[header_] == inner_page; }
  bool is_leaf() const { return bytes_[header_] == leaf_page; }
  size_t cells() const { return number(header_ + 3, 2); }
  uint32_t last_child() const { return static_cast<uint32_t>(number(header_ + 8, 4)); }
  // Of an inner page: the child, and the largest rowid in it. False when the page makes no sense.
  bool child(size_t index, uint32_t& page, int64_t& key) const {
    const size_t at = cell(index, 12);
    if (at + longest_cell_head > bytes_.size()) return false;
    page = static_cast<uint32_t>(number(at, 4));
    size_t end = at + 4;
    key = varint(end);
    return true;
  }
  // Of a leaf: the bytes of the record.
  int64_t record_size(size_t index) const {
    size_t at = cell(index, 8);
    return at + longest_cell_head > bytes_.size() ? 0 : varint(at);
  }

 private:
  size_t cell(size_t index, size_t header_size) const {
    const size_t pointer = header_ + header_size + 2 * index;
    return pointer + 2 > bytes_.size() ? bytes_.size() : number(pointer, 2);
  }
  size_t number(size_t at, size_t width) const {
    size_t value = 0;
    for (size_t i = 0; i < width; ++i) value = value << 8 | bytes_[at + i];
    return value;
  }
  int64_t varint(size_t& at) const {
    uint64_t value = 0;
    for (int i = 0; i < 9; ++i) {
      const unsigned char byte = bytes_[at++];
      if (i == 8) return static_cast<int64_t>(value << 8 | byte);
      value = value << 7 | (byte & 0x7Fu);
      if ((byte & 0x80) == 0) break;
    }
    return static_cast<int64_t>(value);
  }

  std::vector<unsigned char> bytes_;
  size_t header_;
};

// Reads pages through SQLite's own file: a descriptor of ours would drop SQLite's locks when it is closed.
class Pages {
 public:
  Pages(Connection& connection, const std::string& schema)
      : size_(connection.number("PRAGMA page_size", "read the size of a table")) {
    sqlite3_file_control(connection.native(), schema.c_str(), SQLITE_FCNTL_FILE_POINTER, &file_);
  }

  std::optional<Page> read(uint32_t number) {
    if (file_ == nullptr || file_->pMethods == nullptr || number == 0 || reads_++ >= most_page_reads) return {};
    // Cells stand at the end of a page: a damaged one must not lead beyond.
    std::vector<unsigned char> bytes(static_cast<size_t>(size_) + longest_cell_head);
    const int64_t offset = (int64_t{number} - 1) * size_;
    if (file_->pMethods->xRead(file_, bytes.data(), static_cast<int>(size_), offset) != SQLITE_OK) return {};
    Page page(std::move(bytes), number == 1);
    if (!page.is_inner() && !page.is_leaf()) return {};
    return page;
  }

 private:
  int64_t size_;
  sqlite3_file* file_ = nullptr;
  size_t reads_ = 0;
};

// One level of the tree: its pages, and the keys between them.
struct Level {
  std::vector<uint32_t> pages;
  std::vector<int64_t> keys;
};

// The level below; nothing when these are leaves already, or a page cannot be read.
std::optional<Level> descend(Pages& pages, const Level& level) {
  Level below;
  for (size_t i = 0; i < level.pages.size(); ++i) {
    const auto page = pages.read(level.pages[i]);
    if (!page || !page->is_inner()) return std::nullopt;
    for (size_t c = 0; c < page->cells(); ++c) {
      uint32_t child = 0;
      int64_t key = 0;
      if (!page->child(c, child, key)) return std::nullopt;
      below.pages.push_back(child);
      below.keys.push_back(key);
    }
    below.pages.push_back(page->last_child());
    if (i < level.keys.size()) below.keys.push_back(level.keys[i]);
  }
  if (!std::is_sorted(below.keys.begin(), below.keys.end())) return std::nullopt;
  return below;
}

struct Average {
  double leaves = 1;              // below one page of the level
  double records = 0, bytes = 0;  // of one leaf
};

// Follows a few pages of the level down to a leaf.
std::optional<Average> sample(Pages& pages, const Level& level) {
  constexpr size_t samples = 12;
  Average sum{0, 0, 0};
  int taken = 0;
  for (size_t i = 0; i < std::min(samples, level.pages.size()); ++i) {
    auto page = pages.read(level.pages[i * level.pages.size() / std::min(samples, level.pages.size())]);
    double leaves = 1;
    for (int depth = 0; page && page->is_inner() && depth < 20; ++depth) {
      leaves *= static_cast<double>(page->cells() + 1);
      uint32_t child = page->last_child();
      int64_t key = 0;
      if (page->cells() > 0) page->child(page->cells() / 2, child, key);
      page = pages.read(child);
    }
    if (!page || !page->is_leaf()) continue;
    sum.leaves += leaves;
    sum.records += static_cast<double>(page->cells());
    for (size_t c = 0; c < page->cells(); ++c) sum.bytes += static_cast<double>(page->record_size(c));
    ++taken;
  }
  if (taken == 0) return std::nullopt;
  return Average{sum.leaves / taken, sum.records / taken, sum.bytes / taken};
}

}  // namespace

TableSize table_size(Connection& connection, const Table& table, size_t pieces) {
  TableSize size;
  if (table.root_page <= 0 || table.row_number.empty()) return size;
  Pages pages(connection, table.schema);
  Level level{{static_cast<uint32_t>(table.root_page)}, {}};
  while (level.keys.size() < pieces) {
    auto below = descend(pages, level);
    if (!below) break;
    level = std::move(*below);
  }
  const auto average = sample(pages, level);
  if (!average) return size;
  const double leaves = average->leaves * static_cast<double>(level.pages.size());
  size.records = static_cast<int64_t>(leaves * average->records);
  size.bytes = static_cast<int64_t>(leaves * average->bytes);
  size.dividers = std::move(level.keys);
  return size;
}

}  // namespace sluice::sqlite
