// A short name for the whole content of a generated company, to compare two of them.
#ifndef ARGOSY_DEMO_FINGERPRINT_H_
#define ARGOSY_DEMO_FINGERPRINT_H_

#include <string>

#include "demo/company.h"

namespace argosy::demo {

// 16 hex digits: FNV-1a (64 bits) over the canonical bytes of every field of `company`. Tells two
// contents apart by accident only; not for secrets.
std::string FingerprintOf(const Company& company);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_FINGERPRINT_H_
