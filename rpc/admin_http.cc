#include "rpc/admin_http.h"

// Boost 1.74's asio leans on this include under C++20.
#include <utility>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <thread>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace argosy::rpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::chrono::seconds kTimeout(5);
constexpr uint32_t kHeaderBytesMax = 8192;
// Prometheus and a probe hold one or two; more is a mistake, and each costs a file descriptor.
constexpr int kConnectionsMax = 32;

http::response<http::string_body> Answer(const http::request<http::empty_body>& request,
                                         AdminPages& pages) {
  http::response<http::string_body> response(http::status::ok, request.version());
  response.set(http::field::content_type, "text/plain; charset=utf-8");
  response.keep_alive(false);
  if (request.method() != http::verb::get && request.method() != http::verb::head) {
    response.result(http::status::method_not_allowed);
    response.set(http::field::allow, "GET, HEAD");
  } else if (request.target() == "/metrics") {
    response.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
    response.body() = pages.metrics();
  } else if (request.target() == "/healthz") {
    response.body() = "ok\n";
  } else if (request.target() == "/readyz") {
    const bool ready = pages.ready();
    response.result(ready ? http::status::ok : http::status::service_unavailable);
    response.body() = ready ? "ready\n" : "not ready\n";
  } else {
    response.result(http::status::not_found);
  }
  response.prepare_payload();
  if (request.method() == http::verb::head) response.body().clear();
  return response;
}

// One connection, one request. Lives as long as an operation of its own is under way.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, AdminPages& pages, int& open)
      : stream_(std::move(socket)), pages_(pages), open_(open) {
    ++open_;
    parser_.header_limit(kHeaderBytesMax);
    parser_.body_limit(0);
  }
  ~Session() { --open_; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void Run() {
    stream_.expires_after(kTimeout);
    http::async_read(stream_, buffer_, parser_,
                     [self = shared_from_this()](beast::error_code error, size_t) {
                       if (!error) self->Reply();
                     });
  }

 private:
  void Reply() {
    response_ = Answer(parser_.get(), pages_);
    stream_.expires_after(kTimeout);
    http::async_write(stream_, response_,
                      [self = shared_from_this()](beast::error_code, size_t) { self->Close(); });
  }

  void Close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request_parser<http::empty_body> parser_;
  http::response<http::string_body> response_;
  AdminPages& pages_;
  int& open_;  // touched by the one thread of the listener
};

}  // namespace

struct AdminHttp::Listener {
  explicit Listener(AdminPages the_pages) : acceptor(io), pages(std::move(the_pages)) {}

  void Accept() {
    acceptor.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (!acceptor.is_open()) return;
      if (!error && open < kConnectionsMax) {
        std::make_shared<Session>(std::move(socket), pages, open)->Run();
      }
      Accept();
    });
  }

  asio::io_context io{1};
  tcp::acceptor acceptor;
  AdminPages pages;
  int open = 0;
  uint16_t port = 0;
  std::thread thread;
};

AdminHttp::AdminHttp(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}

AdminHttp::~AdminHttp() {
  listener_->io.stop();
  listener_->thread.join();
}

absl::StatusOr<std::unique_ptr<AdminHttp>> AdminHttp::Start(uint16_t port, AdminPages pages) {
  auto listener = std::make_unique<Listener>(std::move(pages));
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
  beast::error_code error;
  listener->acceptor.open(endpoint.protocol(), error);
  if (!error) listener->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) listener->acceptor.bind(endpoint, error);
  if (!error) listener->acceptor.listen(kConnectionsMax, error);
  if (!error) listener->port = listener->acceptor.local_endpoint(error).port();
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on loopback port ", port, ": ", error.message()));
  }
  listener->Accept();
  listener->thread = std::thread([io = &listener->io] { io->run(); });
  return std::make_unique<AdminHttp>(std::move(listener));
}

uint16_t AdminHttp::port() const { return listener_->port; }

}  // namespace argosy::rpc
