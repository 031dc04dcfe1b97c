// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>

#include "job/option.hpp"
#include "job/quantity.hpp"

namespace sluice::job {

// A checked value of an option, such as its default, as one writes it in a script: 10485760 bytes are "10MiB".
inline boost::json::value written_value(const boost::json::value& checked, const Option& option) {
  bool quantity = (option.types & (SLUICE_BYTES | SLUICE_DURATION)) != 0 && checked.is_number();
  if (!quantity) return checked;
  return boost::json::value(quantity_text(checked.to_number<double>(), option.types));
}

}  // namespace sluice::job
