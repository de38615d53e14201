// Reads one YAML file into structs, and says exactly what is wrong with it.
//
//   ConfigReader reader = ...Parse(text, "argosyd.yaml");
//   ConfigSection database = reader.root().Section("database");
//   config.database.host = database.Text("host", "127.0.0.1");
//   config.database.password_file = database.Required("password_file");
//   RETURN_IF_ERROR(reader.Finish());   // "argosyd.yaml:7: database.prot: unknown key"
#ifndef ARGOSY_BASE_CONFIG_H_
#define ARGOSY_BASE_CONFIG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::base {

class ConfigReader;
struct ConfigNode;

// The numbers a key may have.
struct IntBounds {
  int64_t least;
  int64_t most;
};

// One mapping of the file; an absent one is empty. Each key is asked for once, by the type it has.
// A mistake is kept by the reader and the fallback is returned, so that Finish tells all of them.
class ConfigSection {
 public:
  std::string Text(absl::string_view key, absl::string_view fallback);
  // A text that must be there and not be empty.
  std::string Required(absl::string_view key);
  // As Text; the value is shown as "set" only.
  std::string Secret(absl::string_view key);
  int64_t Int(absl::string_view key, int64_t fallback, IntBounds bounds);
  // A list of texts; a single text is a list of one.
  std::vector<std::string> Texts(absl::string_view key);
  // "true" or "false".
  bool Flag(absl::string_view key, bool fallback);
  ConfigSection Section(absl::string_view key);

 private:
  friend class ConfigReader;
  ConfigSection(ConfigReader& reader, ConfigNode* node, std::string path);

  // The scalar under `key`, or null when it is absent; something else than a scalar is a mistake.
  const std::string* Scalar(absl::string_view key);
  ConfigNode* Find(absl::string_view key);
  std::string PathOf(absl::string_view key) const;

  ConfigReader& reader_;
  ConfigNode* node_;  // null when absent
  std::string path_;
};

// A parsed file and what has been found wrong with it.
class ConfigReader {
 public:
  // A larger file is no configuration.
  static constexpr size_t kBytesMax = size_t{1} << 20;

  // INVALID_ARGUMENT, naming the line, when `text` is not one YAML mapping. `file` is for messages.
  static absl::StatusOr<ConfigReader> Parse(absl::string_view text, absl::string_view file);
  ConfigReader(ConfigReader&&) noexcept;
  ~ConfigReader();

  ConfigSection root();
  // INVALID_ARGUMENT with every mistake, one a line, each with file, line and key: a value of the
  // wrong form, a missing key, a key twice, and a key nobody asked for.
  absl::Status Finish();
  // What was read, one "key: value" a line in the file's order, secrets as "set".
  std::string Describe() const;

 private:
  friend class ConfigSection;
  ConfigReader(std::unique_ptr<ConfigNode> root, std::string file);
  void Mistake(int line, absl::string_view key, absl::string_view what);

  std::unique_ptr<ConfigNode> root_;
  std::string file_;
  std::vector<std::string> mistakes_;
};

}  // namespace argosy::base

#endif  // ARGOSY_BASE_CONFIG_H_
