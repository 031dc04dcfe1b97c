// SPDX-License-Identifier: Apache-2.0
#include "message_cutter.hpp"

#include <cstdint>

namespace sluice::fault_proxy {
namespace {

std::size_t byte(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

// Type, then a length that counts itself; the first message has no type.
class PostgresCutter : public MessageCutter {
 public:
  std::optional<Message> next(std::string_view bytes) override {
    const std::size_t at = has_begun_ ? 1 : 0;
    if (bytes.size() < at + 4) return std::nullopt;
    const std::size_t size =
        at + (byte(bytes, at) << 24 | byte(bytes, at + 1) << 16 | byte(bytes, at + 2) << 8 | byte(bytes, at + 3));
    if (bytes.size() < size) return std::nullopt;
    const bool is_commit = has_begun_ && bytes.front() == 'Q' && bytes.substr(5).starts_with("COMMIT");
    has_begun_ = true;
    return Message{size, is_commit};
  }

 private:
  bool has_begun_ = false;
};

// Three bytes of length and a number, which is 0 for commands; 3 is a query.
class MysqlCutter : public MessageCutter {
 public:
  std::optional<Message> next(std::string_view bytes) override {
    if (bytes.size() < 4) return std::nullopt;
    const std::size_t size = 4 + (byte(bytes, 0) | byte(bytes, 1) << 8 | byte(bytes, 2) << 16);
    if (bytes.size() < size) return std::nullopt;
    return Message{size, bytes[3] == 0 && bytes.substr(4).starts_with("\3COMMIT")};
  }
};

}  // namespace

std::unique_ptr<MessageCutter> make_cutter(const std::string& protocol) {
  if (protocol == "postgresql") return std::make_unique<PostgresCutter>();
  if (protocol == "mysql") return std::make_unique<MysqlCutter>();
  return nullptr;
}

}  // namespace sluice::fault_proxy
