/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A platform on loopback whose every answer a test decides, and which keeps all that it was asked. */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  char   *method;
  char   *path;
  char   *content_type;
  char   *authorization;
  GBytes *body;
} YjTestRequest;

typedef enum
{
  YJ_TEST_ANSWER,               /* status and body below; the default is what the document says */
  YJ_TEST_CUT,                  /* the connection is closed without a word */
  YJ_TEST_HOLD,                 /* no answer until yj_test_platform_release () */
} YjTestWay;

typedef struct _YjTestPlatform YjTestPlatform;

/* Called for each request before it is answered. */
typedef void (*YjTestHook) (YjTestPlatform *platform,
                            const char     *path,
                            gpointer        user_data);

struct _YjTestPlatform
{
  SoupServer *server;
  char       *base_url;
  GPtrArray  *posts;            /* of YjTestRequest, submissions only */
  GPtrArray  *chats;            /* of YjTestRequest */
  GPtrArray  *held;             /* of SoupServerMessage */
  GPtrArray  *streams;          /* of GIOStream, kept open */

  YjTestWay   submit;
  guint       submit_status;    /* 0: 200 */
  char       *submit_body;      /* NULL: the document's */
  char       *retry_after;      /* header of every error */

  guint       n_polls;
  guint       polls_to_end;     /* RUNNING until then, then SUCCEEDED */
  guint       poll_status;      /* 0: 200 */
  char       *poll_body;        /* NULL: the document's */

  GBytes     *video;
  GBytes     *cover;
  guint       n_fetches;        /* of the video */
  guint       n_link;           /* number of the link given out last */
  guint       dead_links;       /* links up to this number are 404 */
  gsize       cut_at;           /* of the video, once: 0: never */
  gboolean    hold_file;        /* the first half of the video, then nothing */
  char       *last_range;

  char       *chat_body;        /* NULL: three words */
  guint       chat_status;
  YjTestWay   chat;             /* HOLD: the body, and then nothing more comes */

  YjTestHook  hook;
  gpointer    hook_data;
};

YjTestPlatform *yj_test_platform_new     (void);
void            yj_test_platform_free    (YjTestPlatform *self);
void            yj_test_platform_release (YjTestPlatform *self);
/* Closes the door: connections are refused from now on, until opened again on the same port. */
void            yj_test_platform_close   (YjTestPlatform *self);
void            yj_test_platform_open    (YjTestPlatform *self);
/* Real media, made once by GStreamer. */
GBytes         *yj_test_video            (void);
GBytes         *yj_test_cover            (void);
GBytes         *yj_test_sound            (void);
/* A new folder of this test. */
char           *yj_test_folder           (const char *name);
char           *yj_test_write_picture    (const char *folder,
                                          const char *name);

G_END_DECLS
