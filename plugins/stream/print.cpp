// SPDX-License-Identifier: Apache-2.0
#include "print.hpp"

#include <sluice/error.hpp>

#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <vector>

namespace sluice::stream {

namespace {

void append_hex(std::string& out, std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
}

}  // namespace

void append_lines(std::string& out, const Batch& batch, const Schema& schema, std::string_view delimiter) {
  std::vector<ColumnView> columns;
  for (size_t i = 0; i < schema.size(); ++i) columns.push_back(batch.column(i, schema[i].type));
  for (int64_t row = 0; row < batch.size(); ++row) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) out += delimiter;
      if (columns[i].is_null(row))
        out += "null";
      else if (columns[i].type().is_binary())
        append_hex(out, columns[i].text(row));
      else
        out += columns[i].text(row);
    }
    out += '\n';
  }
}

void print(std::string_view text) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw io_error(std::string("cannot print to standard output: ") + std::strerror(errno));
    text.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace sluice::stream
