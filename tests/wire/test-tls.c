/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <string.h>

/* Over TLS: a certificate that nobody vouches for gets nothing at all, one that is trusted gets the request. */

/* Made for this test: for 127.0.0.1, signed by itself, valid from 2020 to 2120. It protects nothing. */
static const char pem[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgoeCTkBdROJROqfwn\n"
  "IVNAboHe00VT3jAjLvErt5BJpryhRANCAAQ7FFEJEHqk/Z92cztKHTVmY1PKMsn4\n"
  "XWV/sgQf8EaZONtKQGEx/2/G10E90e4pUp09FPea51f0xkDPiaKu2it1\n"
  "-----END PRIVATE KEY-----\n"
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBZDCCAQqgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA15dWFuamlu\n"
  "Zy10ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD\n"
  "VQQDDA15dWFuamluZy10ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEOxRR\n"
  "CRB6pP2fdnM7Sh01ZmNTyjLJ+F1lf7IEH/BGmTjbSkBhMf9vxtdBPdHuKVKdPRT3\n"
  "mudX9MZAz4mirtordaNDMEEwDwYDVR0RBAgwBocEfwAAATAPBgNVHRMBAf8EBTAD\n"
  "AQH/MB0GA1UdDgQWBBTcXRJFZ3gZdB8oE/3f93tKWoE0TTAKBggqhkjOPQQDAgNI\n"
  "ADBFAiBxWJHkfizf7jaKHgSjXvb18ZyGFU7+L7CfHieofh0MPgIhANbu0VQ9GOnp\n"
  "TXKdBQni/JfUBh7R0mYQf2vRCqDZp4rX\n"
  "-----END CERTIFICATE-----\n";

/* Somebody else's. */
static const char other_pem[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBiDCCAS2gAwIBAgIUSNLpaETGIsShAhJMX392/aWXtLEwCgYIKoZIzj0EAwIw\n"
  "GDEWMBQGA1UEAwwNc29tZWJvZHkgZWxzZTAgFw0yNjExMjIxNDQ5NTBaGA8yMTI2\n"
  "MTAyOTE0NDk1MFowGDEWMBQGA1UEAwwNc29tZWJvZHkgZWxzZTBZMBMGByqGSM49\n"
  "AgEGCCqGSM49AwEHA0IABOhNltFZoZsBJJQ2HmODMU2Dvznmzy6vlk3PGMs4hO/+\n"
  "z2Ho/P+RG77x0vKlTdPL9WV0SIPkwHeMiZiT7mxWkYGjUzBRMB0GA1UdDgQWBBTr\n"
  "xiplcLGPKgkz2wM53pu6hRtyrzAfBgNVHSMEGDAWgBTrxiplcLGPKgkz2wM53pu6\n"
  "hRtyrzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCqlEy53VPy\n"
  "jP91krce86uCfHjMAahTL18OngUGDJBHLwIhAMgJK7WO8kGvpnwIgPMvkPoUHPIM\n"
  "Kiv/tLFvtiEf2FR0\n"
  "-----END CERTIFICATE-----\n";

typedef struct
{
  GSocketService  *service;
  GTlsCertificate *certificate;
  char            *url;
  GMutex           lock;
  GString         *received;    /* what was readable behind the TLS */
  guint            connections;
  guint            finished;
} TlsServer;

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        TlsServer              *self)
{
  static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"taskid\": \"1\"}";
  g_autoptr(GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  char buffer[4096];
  gssize n;

  g_atomic_int_inc (&self->connections);
  n = g_input_stream_read (g_io_stream_get_input_stream (tls), buffer, sizeof buffer, NULL, NULL);
  g_mutex_lock (&self->lock);
  if (n > 0)
    g_string_append_len (self->received, buffer, n);
  g_mutex_unlock (&self->lock);
  if (n > 0)
    g_output_stream_write_all (g_io_stream_get_output_stream (tls), reply, strlen (reply), NULL, NULL, NULL);
  g_io_stream_close (tls, NULL, NULL);
  g_atomic_int_inc (&self->finished);
  return TRUE;
}

static void
set_up (TlsServer     *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  guint16 port;

  g_mutex_init (&self->lock);
  self->received = g_string_new (NULL);
  self->certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_assert_no_error (error);
  self->service = g_threaded_socket_service_new (4);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  self->url = g_strdup_printf ("https://127.0.0.1:%u", port);
}

static void
tear_down (TlsServer     *self,
           gconstpointer  data)
{
  g_socket_service_stop (self->service);
  yj_test_wait ((guint) g_atomic_int_get (&self->finished) == (guint) g_atomic_int_get (&self->connections));
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_clear_object (&self->certificate);
  g_string_free (self->received, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self->url);
}

/* Lets the system trust the server's certificate, or another one only. */
static void
set_trust (gboolean trusted)
{
  g_autoptr(GFile) file = yj_wire_new_file ("trust.pem", trusted ? strstr (pem, "-----BEGIN CERTIFICATE") : other_pem, -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsDatabase) database = g_tls_file_database_new (g_file_peek_path (file), &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

static char *
dup_received (TlsServer *self)
{
  char *text;

  g_mutex_lock (&self->lock);
  text = g_strdup (self->received->str);
  g_mutex_unlock (&self->lock);
  return text;
}

static void
test_untrusted (TlsServer     *self,
                gconstpointer  data)
{
  g_autoptr(YjPlatform) platform = yj_platform_new (self->url, YJ_TEST_KEY, NULL);
  YjWireFixture fixture = { NULL, platform };
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GError) error = NULL;
  g_autofree char *received = NULL;

  set_trust (FALSE);
  g_assert_null (yj_wire_submit (&fixture, submission, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNSENT);
  g_assert_cmpuint (self->connections, ==, 1);
  g_clear_error (&error);
  /* Not tried again either: what is wrong with it will not pass. */
  g_assert_null (yj_wire_query (&fixture, "1", &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNSENT);
  g_assert_cmpuint (self->connections, ==, 2);
  received = dup_received (self);
  g_assert_cmpstr (received, ==, "");
}

static void
test_wrong_host (TlsServer     *self,
                 gconstpointer  data)
{
  g_autofree char *url = g_strconcat ("https://localhost", strrchr (self->url, ':'), NULL);
  g_autoptr(YjPlatform) platform = yj_platform_new (url, YJ_TEST_KEY, NULL);
  YjWireFixture fixture = { NULL, platform };
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GError) error = NULL;
  g_autofree char *received = NULL;

  set_trust (TRUE);
  g_assert_null (yj_wire_submit (&fixture, submission, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNSENT);
  received = dup_received (self);
  g_assert_cmpstr (received, ==, "");
}

static void
test_trusted (TlsServer     *self,
              gconstpointer  data)
{
  g_autoptr(YjPlatform) platform = yj_platform_new (self->url, YJ_TEST_KEY, NULL);
  YjWireFixture fixture = { NULL, platform };
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *received = NULL;

  set_trust (TRUE);
  reply = yj_wire_submit (&fixture, submission, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_task_reply_get_task_id (reply), ==, "1");
  received = dup_received (self);
  g_assert_true (g_str_has_prefix (received, "POST /llmage/video HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (received, "Authorization: Bearer " YJ_TEST_KEY "\r\n"));
}

/* A server that does not speak TLS at all. */
static void
test_plain (YjWireFixture *plain,
            gconstpointer  data)
{
  g_autofree char *url = g_strconcat ("https", strchr (yj_fault_server_get_url (plain->server), ':'), NULL);
  g_autoptr(YjPlatform) platform = yj_platform_new (url, YJ_TEST_KEY, NULL);
  YjWireFixture fixture = { NULL, platform };
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GError) error = NULL;

  set_trust (FALSE);
  yj_fault_server_script (plain->server, &(YjFaultReply) { .take = 5 });
  g_assert_null (yj_wire_submit (&fixture, submission, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNSENT);
  for (guint i = 0; i < yj_fault_server_count (plain->server); i++)
    g_assert_null (strstr (yj_fault_server_get_request (plain->server, i)->head, YJ_TEST_KEY));
}

/* A connection that is made and then leads nowhere: the request never left. */
static void
test_no_handshake (YjWireFixture *silent,
                   gconstpointer  data)
{
  g_autofree char *url = g_strconcat ("https", strchr (yj_fault_server_get_url (silent->server), ':'), NULL);
  g_autoptr(YjPlatform) platform = yj_platform_new (url, YJ_TEST_KEY, NULL);
  YjWireFixture fixture = { NULL, platform };
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GError) error = NULL;

  set_trust (FALSE);
  g_assert_cmpuint (yj_platform_get_patience (platform)->submit.connect, ==, 30000);
  yj_platform_get_patience (platform)->submit.connect = 200;
  g_assert_null (yj_wire_submit (&fixture, submission, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNSENT);
  g_assert_cmpstr (error->message, ==, "The platform could not be reached in time");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/tls/untrusted", TlsServer, NULL, set_up, test_untrusted, tear_down);
  g_test_add ("/tls/wrong-host", TlsServer, NULL, set_up, test_wrong_host, tear_down);
  g_test_add ("/tls/trusted", TlsServer, NULL, set_up, test_trusted, tear_down);
  yj_wire_test_add ("/tls/plain", test_plain);
  yj_wire_test_add ("/tls/no-handshake", test_no_handshake);
  return g_test_run ();
}
