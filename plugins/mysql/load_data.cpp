// SPDX-License-Identifier: Apache-2.0
#include "mysql/load_data.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "mysql/value_text.hpp"

namespace sluice::mysql {

namespace {

constexpr size_t chunk = size_t{128} << 10;
constexpr size_t longest_piece = size_t{64} << 10;  // of a text

// What the client library calls while it answers the server.
class Feed {
 public:
  Feed(const Records& records, Range range, bool numbered)
      : records_(records), at_(range.first), end_(range.first + range.count), numbered_(numbered) {}

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
    while (at_ < end_ && buffer_.size() < chunk)
      if (append_line(records_, at_, numbered_ ? at_ : -1, place_, buffer_)) ++at_;
  }

  const Records& records_;
  int64_t at_, end_;
  bool numbered_;
  LinePlace place_;
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

bool append_line(const Records& records, int64_t n, int64_t number, LinePlace& place, Buffer& out) {
  const int64_t row = records.row(n);
  const sql::Columns& values = records.values(n);
  size_t start = std::exchange(place.byte, 0);
  if (number >= 0 && place.column == 0 && start == 0) {
    const std::string text = std::to_string(number) + '\t';
    out.append(text.data(), text.size());
  }
  for (size_t i = std::exchange(place.column, 0); i < values.size(); ++i, start = 0) {
    const WriteColumn& column = records.columns()[i];
    if (values[i].is_null(row)) {
      out.append("\\N", 2);
    } else if (column.form == Form::text || column.form == Form::bytes) {
      const std::string_view text = values[i].text(row).substr(start);
      append_field(text.substr(0, longest_piece), out);
      if (text.size() > longest_piece) [[unlikely]] {
        place = {i, start + longest_piece};
        return false;
      }
    } else {
      out.used(write_value(column, values[i], row, out.make_room(longest_value)));
    }
    out.append(i + 1 == values.size() ? "\n" : "\t", 1);
  }
  return true;
}

bool load_data(Connection& connection, const std::string& sql, const Records& records, Range range, bool numbered) {
  Feed feed(records, range, numbered);
  offer(connection, &feed);
  const bool loaded = connection.try_execute(sql);
  refuse_files(connection);
  return loaded;
}

void refuse_files(Connection& connection) { offer(connection, nullptr); }

}  // namespace sluice::mysql
