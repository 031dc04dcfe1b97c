// SPDX-License-Identifier: Apache-2.0
#include "postgresql/copy_out.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>

#include "postgresql/byte_order.hpp"
#include "postgresql/row_length.hpp"

namespace sluice::postgresql {

namespace {

constexpr std::string_view signature("PGCOPY\n\377\r\n\0", 11);
constexpr std::chrono::microseconds gathering_time(500);
constexpr size_t widening_message = size_t{120} << 10;
constexpr size_t shortest_header = signature.size() + 8;

// Bytes before the first row.
size_t stream_header_size(std::string_view bytes) {
  if (bytes.size() < shortest_header || !bytes.starts_with(signature))
    throw bad_data("the server's COPY stream does not start as it should");
  const auto extension = load_big<uint32_t>(bytes.data() + signature.size() + 4);
  if (bytes.size() < shortest_header + extension) throw bad_data("the server's COPY stream has a broken header");
  return shortest_header + extension;
}

}  // namespace

std::string copy_statement(const std::string& select) { return "COPY (" + select + ") TO STDOUT (FORMAT binary)"; }

void widen_input(Connection& connection) {
  connection.execute("SELECT repeat(' ', " + std::to_string(widening_message) + ")", "set the session up");
}

CopyOut::CopyOut(Connection& connection, const std::string& select, std::string doing)
    : connection_(connection), doing_(std::move(doing)) {
  const Result result = connection_.try_execute(copy_statement(select));
  if (result.status() != PGRES_COPY_OUT) throw connection_.failure(doing_, result);
}

bool CopyOut::next(std::span<char> room, CopyRow& out) {
  if (is_finished_) return false;
  const int got = read(room);
  if (got < 0) {
    finish();
    return false;
  }
  std::string_view bytes(room.data(), static_cast<size_t>(got));
  const size_t row = is_first_ ? stream_header_size(bytes) : 0;
  is_first_ = false;
  out.own.reset();
  if (bytes.size() == room.size()) [[unlikely]]
    bytes = read_rest(bytes, row, out.own);
  bytes.remove_prefix(row);
  if (bytes.size() < 2) throw bad_data(doing_ + ": a row without its count of fields");
  const auto count = load_big<int16_t>(bytes.data());
  if (count < 0) {
    finish();
    return false;
  }
  out.fields = bytes.substr(2);
  return true;
}

// At most so many bytes of a row, less only at its end; less than 0 when there is none any more.
int CopyOut::read(std::span<char> to) {
  const auto take = [&] { return PQgetlineAsync(connection_.native(), to.data(), static_cast<int>(to.size())); };
  for (;;) {
    int got = take();
    if (got == 0) got = take();  // the first may have been a message without a byte
    if (got != 0) return got;
    wait_for_input();
  }
}

// A row that fills the room may go on, or end right there. It says itself how long it is: no byte of the next one is
// asked for. It begins at `row`.
std::string_view CopyOut::read_rest(std::string_view begun, size_t row, std::unique_ptr<char[]>& own) {
  RowLength length(row);
  const char* bytes = begun.data();
  size_t size = begun.size(), capacity = 0;
  for (size_t least = length.at_least(bytes, size); least > size; least = length.at_least(bytes, size)) {
    if (least > RowLength::longest) throw bad_data(doing_ + ": a row of the server's COPY stream is too long");
    if (least > capacity) {
      capacity = std::max(least, std::min(2 * capacity, RowLength::longest));
      auto larger = std::make_unique_for_overwrite<char[]>(capacity);
      std::memcpy(larger.get(), bytes, size);
      own = std::move(larger);
      bytes = own.get();
    }
    const int got = read({own.get() + size, least - size});
    if (got < 0) throw bad_data(doing_ + ": a row of the server's COPY stream is cut off");
    size += static_cast<size_t>(got);
  }
  return {bytes, size};
}

// The server sends 8 KiB at a time. Who waits for each of them is woken for each, and to wake somebody is the server's
// work: so a little more may gather first.
void CopyOut::wait_for_input() {
  PGconn* native = connection_.native();
  const int64_t silence = connection_.settings().silence_milliseconds;
  pollfd watched{PQsocket(native), POLLIN, 0};
  if (poll(&watched, 1, 0) == 0) {
    std::this_thread::sleep_for(gathering_time);
    if (poll(&watched, 1, silence == 0 ? -1 : static_cast<int>(silence)) == 0)
      throw timed_out(doing_ + ": the server was silent for longer than socketTimeout (" +
                      connection_.settings().place() + ")")
          .retryable();
  }
  if (PQconsumeInput(native) == 0) throw connection_.lost(doing_);
}

void CopyOut::finish() {
  is_finished_ = true;
  char* rest = nullptr;
  while (PQgetCopyData(connection_.native(), &rest, 0) > 0) PQfreemem(rest);
  Result last;
  while (Result result{PQgetResult(connection_.native())}) {
    if (!last || last.is_good()) last = std::move(result);
  }
  if (!last.is_good()) throw connection_.failure(doing_, last);
}

}  // namespace sluice::postgresql
