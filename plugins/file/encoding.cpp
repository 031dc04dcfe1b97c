// SPDX-License-Identifier: Apache-2.0
#include "encoding.hpp"

#include <strings.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace sluice::file {

namespace {

iconv_t open_conversion(const std::string& from, const std::string& to) {
  // A suffix such as //TRANSLIT would put other characters in place of what cannot be converted.
  if (from.find('/') != std::string::npos || to.find('/') != std::string::npos) return iconv_t(-1);
  return ::iconv_open(to.c_str(), from.c_str());
}

class Decoder : public ByteSource {
 public:
  Decoder(std::unique_ptr<ByteSource> encoded, const std::string& encoding)
      : source_(std::move(encoded)), conversion_(encoding, "UTF-8"), bytes_(size_t{256} << 10) {}

  std::size_t read(char* to, std::size_t size) override {
    char* out = to;
    std::size_t room = size;
    while (out == to && (left_ != 0 || fill())) convert(out, room);
    return static_cast<std::size_t>(out - to);
  }

 private:
  bool fill() {
    const std::size_t got = source_->read(bytes_.data() + left_, bytes_.size() - left_);
    next_ = bytes_.data();
    left_ += got;
    ended_ = got == 0;
    return left_ != 0;
  }
  void convert(char*& out, std::size_t& room) {
    if (::iconv(conversion_.get(), &next_, &left_, &out, &room) != static_cast<std::size_t>(-1) || errno == E2BIG)
      return;
    if (errno == EINVAL && !ended_) {  // the piece ends within a character
      std::memmove(bytes_.data(), next_, left_);
      fill();
    } else if (room != 0) {
      *out++ = '\xFF';
      --room;
      ++next_;
      --left_;
    }
  }

  std::unique_ptr<ByteSource> source_;
  Conversion conversion_;
  std::vector<char> bytes_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  bool ended_ = false;
};

}  // namespace

bool is_utf8_name(std::string_view encoding) {
  return strncasecmp(encoding.data(), "utf-8", encoding.size()) == 0
             ? encoding.size() == 5
             : encoding.size() == 4 && strncasecmp(encoding.data(), "utf8", 4) == 0;
}

bool is_known_encoding(const std::string& encoding) {
  const iconv_t handle = open_conversion(encoding, "UTF-8");
  if (handle == iconv_t(-1)) return false;
  ::iconv_close(handle);
  return true;
}

Conversion::Conversion(const std::string& from, const std::string& to) : handle_(open_conversion(from, to)) {
  if (handle_ == iconv_t(-1)) throw invalid("no such encoding: " + (is_utf8_name(from) ? to : from));
}

Conversion::~Conversion() { ::iconv_close(handle_); }

std::unique_ptr<ByteSource> decode(std::unique_ptr<ByteSource> encoded, const std::string& encoding) {
  if (is_utf8_name(encoding)) return encoded;
  return std::make_unique<Decoder>(std::move(encoded), encoding);
}

bool Encoder::append(std::string_view text, std::string& out) {
  const std::size_t before = out.size();
  char* next = const_cast<char*>(text.data());  // iconv does not write there
  std::size_t left = text.size();
  std::array<char, 4096> piece;
  while (left != 0) {
    char* to = piece.data();
    std::size_t room = piece.size();
    const std::size_t status = ::iconv(conversion_.get(), &next, &left, &to, &room);
    out.append(piece.data(), static_cast<std::size_t>(to - piece.data()));
    // A count above 0 says that something was replaced by something similar.
    if (status == 0 || (status == static_cast<std::size_t>(-1) && errno == E2BIG)) continue;
    out.resize(before);
    ::iconv(conversion_.get(), nullptr, nullptr, nullptr, nullptr);
    return false;
  }
  // Back to the initial state: the next text may be written elsewhere.
  char* to = piece.data();
  std::size_t room = piece.size();
  ::iconv(conversion_.get(), nullptr, nullptr, &to, &room);
  out.append(piece.data(), static_cast<std::size_t>(to - piece.data()));
  return true;
}

bool begins_with_mark(const std::string& encoding) {
  Encoder encoder(encoding);
  std::string first, second;
  encoder.append("a", first);
  Encoder(encoding).append("aa", second);
  return second.size() != 2 * first.size();
}

}  // namespace sluice::file
