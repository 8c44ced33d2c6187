/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the wire tests do over and over: a client of a fault server, calls that are waited for, an answer read whole. */
#pragma once

#include "yj-fault-server.h"
#include "yj-platform-private.h"
#include "yj-test.h"

G_BEGIN_DECLS

#define YJ_TEST_KEY "sk-canary-0123456789"
#define YJ_TEST_LLMID "o5vfXYD5BURJWRTWpopE5"

typedef struct
{
  YjFaultServer *server;
  YjPlatform    *platform;
} YjWireFixture;

/* An answer, read to its end. */
typedef struct
{
  YjChatStream *stream;
  GString      *content;
  GString      *reasoning;
  guint         deltas;
  gboolean      ended;
} YjWireAnswer;

void            yj_wire_fixture_set_up    (YjWireFixture *fixture,
                                           gconstpointer  data);
void            yj_wire_fixture_tear_down (YjWireFixture *fixture,
                                           gconstpointer  data);
#define yj_wire_test_add(path, func) \
  g_test_add (path, YjWireFixture, NULL, yj_wire_fixture_set_up, func, yj_wire_fixture_tear_down)

YjWireAnswer   *yj_wire_ask               (YjWireFixture        *fixture,
                                           const YjChatRequest  *request);
void            yj_wire_answer_wait       (YjWireAnswer         *answer);
void            yj_wire_answer_free       (YjWireAnswer         *answer);
/* Asks with a body that is answered by @reply, and reads to the end. */
YjWireAnswer   *yj_wire_chat              (YjWireFixture        *fixture,
                                           const YjFaultReply   *reply);
YjSubmission   *yj_wire_new_submission    (void);
YjTaskReply    *yj_wire_submit            (YjWireFixture        *fixture,
                                           YjSubmission         *submission,
                                           GError              **error);
YjError         yj_wire_submit_code       (YjWireFixture        *fixture,
                                           YjSubmission         *submission);
/* The codes of what these replies lead to; neither may go well. */
YjError         yj_wire_submit_to         (YjWireFixture        *fixture,
                                           YjFaultReply          reply);
YjError         yj_wire_chat_to           (YjWireFixture        *fixture,
                                           YjFaultReply          reply);
YjTaskReply    *yj_wire_query             (YjWireFixture        *fixture,
                                           const char           *task_id,
                                           GError              **error);
YjDownloadInfo *yj_wire_download          (YjWireFixture        *fixture,
                                           const char           *uri,
                                           GFile                *part,
                                           const char           *etag,
                                           GError              **error);
/* A YjProgressFunc that keeps the bytes moved in the gint64 that @user_data points to. */
void            yj_wire_note_progress     (gint64                moved,
                                           gint64                total,
                                           gpointer              user_data);
/* A file in the test's own folder, removed at exit. */
GFile          *yj_wire_new_file          (const char           *name,
                                           const char           *data,
                                           gssize                length);

/* A part of a form, as a strict reader sees it. */
typedef struct
{
  char   *name;
  char   *filename;             /* NULL: a value */
  char   *content_type;
  GBytes *data;
} YjWirePart;

/* Takes a form apart; fails where the platform's own reader would stumble. */
GPtrArray      *yj_wire_read_form         (const YjFaultRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjWireAnswer, yj_wire_answer_free)

G_END_DECLS
