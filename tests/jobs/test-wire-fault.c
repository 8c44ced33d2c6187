/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A submission against sockets that misbehave: how often it goes over the wire, and what becomes of the job. */
#include "yj-error.h"
#include "yj-fault-server.h"
#include "yj-test-queue.h"

typedef struct
{
  const char   *name;
  YjFaultReply  reply;
  gboolean      large;          /* with a picture that no socket buffer takes whole */
  YjJobState    state;
  int           code;           /* -1: none */
} Case;

#define TASK "{\"taskid\": \"936759404378734592\", \"status\": \"created\"}"

static const Case cases[] = {
  { "reset-without-answer", { .raw = "", .end = YJ_FAULT_RESET }, FALSE, YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { "closed-without-answer", { .raw = "", .end = YJ_FAULT_CLOSE }, FALSE, YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { "half-an-answer", { .body = "{\"taskid\": \"9367", .announce = 56 }, FALSE, YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { "no-http", { .raw = "SSH-2.0-OpenSSH_9.2\r\n" }, FALSE, YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { "cut-upload", { .take = 100 * 1024, .end = YJ_FAULT_RESET }, TRUE, YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { "misdirected", { .status = "421 Misdirected Request" }, FALSE, YJ_JOB_FAILED, YJ_ERROR_INVALID_REQUEST },
  { "basic-auth", { .status = "401 Unauthorized", .headers = "WWW-Authenticate: Basic realm=\"x\"\r\n" }, FALSE,
    YJ_JOB_FAILED, YJ_ERROR_UNAUTHORIZED },
  { "redirect", { .status = "307 Temporary Redirect", .headers = "Location: /llmage/video\r\n" }, FALSE,
    YJ_JOB_FAILED, YJ_ERROR_INVALID_REQUEST },
  { "see-other", { .status = "303 See Other", .headers = "Location: /llmage/video\r\n" }, FALSE,
    YJ_JOB_FAILED, YJ_ERROR_INVALID_REQUEST },
  { "too-large", { .status = "413 Payload Too Large", .body = "<html>413</html>" }, TRUE,
    YJ_JOB_FAILED, YJ_ERROR_INVALID_REQUEST },
  { "last-chunk-missing", { .body = TASK, .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE }, FALSE, YJ_JOB_CREATED, -1 },
  { "unframed", { .body = TASK, .framing = YJ_FAULT_UNFRAMED }, FALSE, YJ_JOB_CREATED, -1 },
  { "byte-by-byte", { .body = TASK, .split = 1 }, TRUE, YJ_JOB_CREATED, -1 },
};

static YjDraft *
new_large_draft (YjTestQueue *q)
{
  YjDraft *draft = yj_test_new_draft (q->catalog, "i2v/happyhorse-1.0-i2v", "x");
  g_autofree char *path = g_build_filename (q->folder, "large.jpg", NULL);
  g_autofree char *data = g_malloc0 (8 * 1024 * 1024);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(YjDraftFile) picture = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");

  g_assert_true (g_file_set_contents (path, data, 8 * 1024 * 1024, NULL));
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, picture));
  yj_draft_set_value (draft, "resolution", "720P");

  return draft;
}

static guint
count_posts (YjFaultServer *server)
{
  guint n = 0;

  for (guint i = 0; i < yj_fault_server_count (server); i++)
    n += g_strcmp0 (yj_fault_server_get_request (server, i)->method, "POST") == 0;
  return n;
}

static YjJob *
add_to (YjTestQueue *q,
        gboolean     large)
{
  g_autoptr(YjDraft) draft = large ? new_large_draft (q) : yj_test_new_draft (q->catalog, "t2v/happyhorse-1.0-t2v", "x");

  return yj_test_queue_add (q, draft);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(YjFaultServer) server = yj_fault_server_new ();
  YjTestQueue q = { 0 };
  YjJob *job;

  yj_fault_server_script (server, &c->reply);
  yj_test_queue_open (&q, yj_fault_server_get_url (server));
  job = add_to (&q, c->large);
  yj_test_wait_for (job, c->state);
  g_assert_cmpint (yj_job_get_error_code (job), ==, c->code);
  if (c->state == YJ_JOB_CREATED)
    g_assert_cmpstr (yj_job_get_task_id (job), ==, "936759404378734592");
  yj_test_queue_close (&q);

  yj_test_queue_open (&q, yj_fault_server_get_url (server));
  g_assert_cmpuint (count_posts (server), ==, 1);
  yj_test_queue_clear (&q);
}

/* Called off on its way, by the person or by the end of the program: what the platform has by then may be enough for it. */
static void
test_stopped_upload (gconstpointer data)
{
  g_autoptr(YjFaultServer) server = yj_fault_server_new ();
  YjTestQueue q = { 0 };
  YjJob *job;

  yj_fault_server_script (server, &(YjFaultReply) { .take = 100 * 1024, .end = YJ_FAULT_HOLD });
  yj_fault_server_script (server, &(YjFaultReply) { .body = TASK });
  yj_test_queue_open (&q, yj_fault_server_get_url (server));
  job = add_to (&q, TRUE);
  yj_test_wait (yj_job_get_state (job) == YJ_JOB_SUBMITTING && yj_job_get_moved (job) > 0);
  g_assert_cmpint (yj_job_get_total (job), >, 8 * 1024 * 1024);
  if (GPOINTER_TO_INT (data))
    yj_job_queue_withdraw (q.queue, job);
  else
    {
      yj_test_queue_close (&q);
      yj_test_queue_open (&q, yj_fault_server_get_url (server));
      job = g_list_model_get_item (G_LIST_MODEL (q.queue), 0);
      g_object_unref (job);
    }
  yj_test_wait_for (job, YJ_JOB_UNCONFIRMED);
  g_assert_cmpuint (count_posts (server), <=, 1);
  yj_test_queue_clear (&q);
}

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/wire-fault/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_data_func ("/wire-fault/withdrawn-upload", GINT_TO_POINTER (TRUE), test_stopped_upload);
  g_test_add_data_func ("/wire-fault/ended-upload", GINT_TO_POINTER (FALSE), test_stopped_upload);

  return g_test_run ();
}
