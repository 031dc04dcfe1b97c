// SPDX-License-Identifier: Apache-2.0
#include "record/base64.hpp"

#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(base64_test)

BOOST_AUTO_TEST_CASE(the_vectors_of_rfc_4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    BOOST_TEST(to_base64(bytes) == text);
    BOOST_TEST(from_base64(text).value() == bytes);
  }
}

BOOST_AUTO_TEST_CASE(all_bytes_come_back) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  BOOST_TEST(from_base64(to_base64(bytes)).value() == bytes);
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zh==", "Zm 8=", "Zm-8", "Zg==Zg=="}) {
    BOOST_TEST(!from_base64(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
