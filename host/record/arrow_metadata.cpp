// SPDX-License-Identifier: Apache-2.0
#include "record/arrow_metadata.hpp"

#include <cstdint>
#include <cstring>

#include "record/utf8.hpp"

namespace sluice::record {
namespace {

constexpr std::int32_t max_pairs = 1024;
constexpr std::int32_t max_length = 1 << 20;

std::int32_t take_length(const char*& at) {
  std::int32_t length = 0;
  std::memcpy(&length, at, sizeof length);
  at += sizeof length;
  return length;
}

std::string take_text(const char*& at) {
  const auto length = static_cast<std::size_t>(take_length(at));
  std::string text(at, length);
  at += length;
  return text;
}

void put(std::string& out, std::size_t length) {
  const auto value = static_cast<std::int32_t>(length);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

std::string encode_metadata(const Metadata& metadata) {
  std::string out;
  if (metadata.empty()) return out;
  put(out, metadata.size());
  for (const auto& [key, value] : metadata) {
    put(out, key.size());
    out += key;
    put(out, value.size());
    out += value;
  }
  return out;
}

Metadata decode_metadata(const char* at) {
  Metadata metadata;
  if (at == nullptr) return metadata;
  for (std::int32_t pairs = take_length(at); pairs > 0; --pairs) {
    std::string key = take_text(at);
    std::string value = take_text(at);
    metadata.emplace_back(std::move(key), std::move(value));
  }
  return metadata;
}

std::string metadata_problem(const char* at) {
  if (at == nullptr) return {};
  const std::int32_t pairs = take_length(at);
  if (pairs < 0 || pairs > max_pairs) return "metadata has an impossible number of pairs: " + std::to_string(pairs);
  for (std::int32_t i = 0; i < 2 * pairs; ++i) {
    const std::int32_t length = take_length(at);
    if (length < 0 || length > max_length) return "metadata has an impossible length: " + std::to_string(length);
    if (!is_utf8({at, static_cast<std::size_t>(length)})) return "metadata is not valid UTF-8";
    at += length;
  }
  return {};
}

}  // namespace sluice::record
