// SPDX-License-Identifier: Apache-2.0
#include "mysql/load_data.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "mysql/load_lines.hpp"
#include "sluice/buffer.hpp"

namespace sluice::mysql {

namespace {

constexpr size_t chunk = size_t{128} << 10;

// What the client library calls while it answers the server.
class Feed {
 public:
  explicit Feed(LoadLines lines) : lines_(std::move(lines)) {}

  int read(char* out, unsigned room) {
    if (given_ == buffer_.size()) fill();
    const size_t count = std::min<size_t>(room, buffer_.size() - given_);
    std::memcpy(out, buffer_.data() + given_, count);
    given_ += count;
    return static_cast<int>(count);
  }

 private:
  void fill() {
    buffer_.clear();
    given_ = 0;
    while (!lines_.is_at_end() && buffer_.size() < chunk) lines_.append(buffer_);
  }

  LoadLines lines_;
  Buffer buffer_;
  size_t given_ = 0;
};

int begin(void** feed, const char*, void* given) {
  *feed = given;
  return given == nullptr ? 1 : 0;
}
int read(void* feed, char* out, unsigned room) { return static_cast<Feed*>(feed)->read(out, room); }
void end(void*) {}
int explain(void*, char* out, unsigned room) {
  constexpr const char* text = "the server asked for a file that it was not offered";
  std::strncpy(out, text, room);
  if (room > 0) out[room - 1] = '\0';
  return 2;
}

void offer(Connection& connection, Feed* feed) {
  mysql_set_local_infile_handler(connection.native(), begin, read, end, explain, feed);
}

}  // namespace

bool load_data(Connection& connection, const std::string& sql, const Records& records, Range range, bool numbered) {
  Feed feed(LoadLines(records, range, numbered));
  offer(connection, &feed);
  const bool loaded = connection.try_execute(sql);
  refuse_files(connection);
  return loaded;
}

void refuse_files(Connection& connection) { offer(connection, nullptr); }

}  // namespace sluice::mysql
