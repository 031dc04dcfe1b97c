// SPDX-License-Identifier: Apache-2.0
#include "engine/dead_letters.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <utility>

namespace sluice::engine {

std::string DeadLetter::at(const char* key) const {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

const boost::json::object* DeadLetter::record() const {
  const auto* value = line.if_contains("record");
  return value == nullptr ? nullptr : value->if_object();
}

DeadLetters::DeadLetters(const std::filesystem::path& directory, std::uint64_t begin, std::uint64_t end)
    : file_(file(directory), std::ios::binary), offset_(begin), end_(end) {
  if (begin > 0) file_.seekg(static_cast<std::streamoff>(begin));
}

std::optional<DeadLetter> DeadLetters::next() {
  std::string text;
  while (offset_ < end_ && std::getline(file_, text) && !file_.eof()) {
    offset_ += text.size() + 1;
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    if (!error && value.is_object()) return DeadLetter{std::move(text), std::move(value.get_object())};
    ++broken_;
  }
  return std::nullopt;
}

std::uint64_t DeadLetters::count(const std::filesystem::path& directory) {
  std::ifstream lines(file(directory), std::ios::binary);
  std::array<char, 65536> piece{};
  std::uint64_t sum = 0;
  while (lines.read(piece.data(), piece.size()), lines.gcount() > 0)
    sum += static_cast<std::uint64_t>(std::count(piece.data(), piece.data() + lines.gcount(), '\n'));
  return sum;
}

}  // namespace sluice::engine
