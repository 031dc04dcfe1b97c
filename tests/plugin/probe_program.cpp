// SPDX-License-Identifier: Apache-2.0
#include "plugin/probe.hpp"

int main(int argc, char** argv) { return sluice::plugin::probe_main(argc, argv).value_or(2); }
