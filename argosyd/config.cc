#include "argosyd/config.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/config.h"
#include "base/loopback.h"
#include "base/status_macros.h"

namespace argosy::argosyd {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr base::IntBounds kPorts{0, 65'535};
constexpr base::IntBounds kConnections{1, 128};
constexpr base::IntBounds kDrainSeconds{0, 300};

absl::Status Bad(absl::string_view what) { return absl::InvalidArgumentError(what); }

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read '", path.string(), "'"));
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

// Reads the files that a configuration names, from its own folder on.
class Files {
 public:
  explicit Files(const std::filesystem::path& folder) : folder_(folder) {}

  // A file's text without the space around it; "" for no file.
  absl::StatusOr<std::string> Text(const std::string& name) const {
    if (name.empty()) return std::string();
    ASSIGN_OR_RETURN(const std::string text, ReadFile(folder_ / name));
    return std::string(absl::StripAsciiWhitespace(text));
  }

  // 32 bytes written as 64 hexadecimal digits.
  absl::StatusOr<std::string> Secret(const std::string& name) const {
    ASSIGN_OR_RETURN(const std::string text, Text(name));
    const bool hex = std::all_of(text.begin(), text.end(), [](char c) {
      return absl::ascii_isxdigit(static_cast<unsigned char>(c));
    });
    if (text.size() != 2 * kSecretBytes || !hex) {
      return Bad(absl::StrCat("'", name, "' must hold 64 hexadecimal digits"));
    }
    return absl::HexStringToBytes(text);
  }

 private:
  std::filesystem::path folder_;
};

// What the file says, before the files it names are read.
struct FileNames {
  std::string certificate, private_key, token_pepper, signing_seal, page_key;
  std::map<std::string, std::string> passwords;  // by account: a service, "directory", "migrate"
};

void ReadServing(base::ConfigSection root, Config& config, FileNames& files) {
  config.environment = root.Required("environment");
  config.issuer = root.Text("issuer", "argosy");
  config.audience = root.Text("audience", "argosy");
  config.listen = root.Text("listen", "127.0.0.1:7400");
  config.admin_port = static_cast<uint16_t>(root.Int("admin_port", 7401, kPorts));
  config.services = root.Texts("services");
  config.migrations_folder = root.Required("migrations_folder");
  base::ConfigSection tls = root.Section("tls");
  files.certificate = tls.Text("certificate_file", "");
  files.private_key = tls.Text("private_key_file", "");
  base::ConfigSection peers = root.Section("peers");
  for (const absl::string_view service : kServiceNames) {
    const std::string address = peers.Text(service, "");
    if (!address.empty()) config.peers.emplace(service, address);
  }
  base::ConfigSection drain = root.Section("drain");
  config.drain_notice = absl::Seconds(drain.Int("notice_seconds", 10, kDrainSeconds));
  config.drain_grace = absl::Seconds(drain.Int("grace_seconds", 30, kDrainSeconds));
  base::ConfigSection secrets = root.Section("secrets");
  files.token_pepper = secrets.Required("token_pepper_file");
  files.signing_seal = secrets.Required("signing_seal_file");
  files.page_key = secrets.Required("page_key_file");
}

// `account` of the section, on the common server.
storage::DatabaseOptions ReadAccount(base::ConfigSection accounts, absl::string_view account,
                                     const storage::DatabaseOptions& server, FileNames& files) {
  base::ConfigSection section = accounts.Section(account);
  storage::DatabaseOptions options = server;
  options.user = section.Text("user", absl::StrCat("argosy_", account));
  files.passwords[std::string(account)] = section.Text("password_file", "");
  return options;
}

void ReadDatabase(base::ConfigSection database, const std::filesystem::path& folder, Config& config,
                  FileNames& files) {
  storage::DatabaseOptions server;
  server.socket_path = database.Text("socket", "");
  server.host = database.Text("host", "");
  server.port = static_cast<uint16_t>(database.Int("port", 3306, kPorts));
  const std::string authority = database.Text("tls_ca_file", "");
  if (!authority.empty()) {
    server.tls = storage::Tls::kRequired;
    server.tls_ca_path = (folder / authority).string();
  }
  config.connections_max = static_cast<size_t>(database.Int("connections", 16, kConnections));
  const base::ConfigSection accounts = database.Section("accounts");
  for (const absl::string_view service : kServiceNames) {
    storage::DatabaseOptions options = ReadAccount(accounts, service, server, files);
    options.schema = SchemaOf(service);
    config.databases.emplace(service, std::move(options));
  }
  config.directory = ReadAccount(accounts, "directory", server, files);
  config.directory.schema = SchemaOf("tenancy");
  config.migration = ReadAccount(accounts, "migrate", server, files);
}

absl::Status ReadSecrets(const Files& from, const FileNames& names, Config& config) {
  ASSIGN_OR_RETURN(config.certificate_pem, from.Text(names.certificate));
  ASSIGN_OR_RETURN(config.private_key_pem, from.Text(names.private_key));
  ASSIGN_OR_RETURN(config.token_pepper, from.Secret(names.token_pepper));
  ASSIGN_OR_RETURN(config.signing_seal, from.Secret(names.signing_seal));
  ASSIGN_OR_RETURN(config.page_key, from.Secret(names.page_key));
  for (auto& [service, options] : config.databases) {
    ASSIGN_OR_RETURN(options.password, from.Text(names.passwords.at(service)));
  }
  ASSIGN_OR_RETURN(config.directory.password, from.Text(names.passwords.at("directory")));
  ASSIGN_OR_RETURN(config.migration.password, from.Text(names.passwords.at("migrate")));
  return absl::OkStatus();
}

bool IsService(absl::string_view name) {
  return std::find(std::begin(kServiceNames), std::end(kServiceNames), name) !=
         std::end(kServiceNames);
}

absl::Status CheckConfig(const Config& config) {
  for (const std::string& service : config.services) {
    if (!IsService(service)) return Bad(absl::StrCat("services: there is no '", service, "'"));
  }
  if (config.certificate_pem.empty() != config.private_key_pem.empty()) {
    return Bad("tls: certificate_file and private_key_file go together");
  }
  if (config.directory.socket_path.empty() == config.directory.host.empty()) {
    return Bad("database: exactly one of socket and host must be set");
  }
  if (!config.directory.host.empty() && !base::IsLoopbackHost(config.directory.host) &&
      config.directory.tls_ca_path.empty()) {
    return Bad(absl::StrCat("database: host '", config.directory.host,
                            "' is not loopback: that needs tls_ca_file"));
  }
  return absl::OkStatus();
}

void Apply(const Overrides& overrides, Config& config) {
  if (overrides.listen) config.listen = *overrides.listen;
  if (overrides.admin_port) config.admin_port = *overrides.admin_port;
  if (!overrides.services.empty()) config.services = overrides.services;
  if (config.services.empty()) {
    for (const absl::string_view service : kServiceNames) config.services.emplace_back(service);
  }
}

absl::string_view Shown(const std::string& secret) { return secret.empty() ? "not set" : "set"; }

std::string Where(const storage::DatabaseOptions& options) {
  return options.socket_path.empty() ? absl::StrCat(options.host, ":", options.port)
                                     : options.socket_path;
}

}  // namespace

bool Config::Serves(absl::string_view service) const {
  return std::find(services.begin(), services.end(), service) != services.end();
}

std::string SchemaOf(absl::string_view service) { return absl::StrCat("argosy_", service); }

absl::StatusOr<Config> ReadConfig(const std::string& path, const Overrides& overrides) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  ASSIGN_OR_RETURN(base::ConfigReader reader, base::ConfigReader::Parse(text, path));
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  Config config;
  FileNames files;
  ReadServing(reader.root(), config, files);
  ReadDatabase(reader.root().Section("database"), folder, config, files);
  RETURN_IF_ERROR(reader.Finish());
  RETURN_IF_ERROR(ReadSecrets(Files(folder), files, config));
  config.migrations_folder = (folder / config.migrations_folder).string();
  Apply(overrides, config);
  RETURN_IF_ERROR(CheckConfig(config));
  return config;
}

std::string Describe(const Config& config) {
  std::string text = absl::StrCat(
      "environment: ", config.environment, "\nissuer: ", config.issuer,
      "\naudience: ", config.audience, "\nlisten: ", config.listen,
      "\nadmin_port: ", config.admin_port, "\nservices: ", absl::StrJoin(config.services, ", "),
      "\nmigrations_folder: ", config.migrations_folder,
      "\ntls.certificate: ", Shown(config.certificate_pem),
      "\ntls.private_key: ", Shown(config.private_key_pem),
      "\ndrain.notice: ", absl::FormatDuration(config.drain_notice),
      "\ndrain.grace: ", absl::FormatDuration(config.drain_grace),
      "\nsecrets.token_pepper: ", Shown(config.token_pepper),
      "\nsecrets.signing_seal: ", Shown(config.signing_seal),
      "\nsecrets.page_key: ", Shown(config.page_key), "\ndatabase.at: ", Where(config.directory),
      "\ndatabase.connections: ", config.connections_max, "\n");
  const auto account = [&](absl::string_view name, const storage::DatabaseOptions& options) {
    absl::StrAppend(&text, "database.accounts.", name, ": ", options.user, ", password ",
                    Shown(options.password), "\n");
  };
  for (const auto& [service, options] : config.databases) account(service, options);
  account("directory", config.directory);
  account("migrate", config.migration);
  for (const auto& [service, address] : config.peers) {
    absl::StrAppend(&text, "peers.", service, ": ", address, "\n");
  }
  return text;
}

}  // namespace argosy::argosyd
