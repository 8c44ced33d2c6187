/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server made of raw sockets, which can be as wrong as a script asks; it keeps every byte it was sent. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  YJ_FAULT_CLOSE,               /* close in order */
  YJ_FAULT_RESET,               /* reset, so that what was sent may be lost */
  YJ_FAULT_HOLD,                /* say no more until the client goes */
  YJ_FAULT_KEEP,                /* wait for the next request */
} YjFaultEnd;

typedef enum
{
  YJ_FAULT_LENGTH,              /* Content-Length */
  YJ_FAULT_CHUNKED,
  YJ_FAULT_UNFRAMED,            /* until the connection closes */
} YjFaultFraming;

/* What one request gets. All zero: HTTP 200 with no body. */
typedef struct
{
  const char     *status;       /* NULL: "200 OK" */
  const char     *headers;      /* further lines, each with its \r\n */
  const char     *body;
  gssize          length;       /* of body; 0: up to its NUL */
  YjFaultFraming  framing;
  gint64          announce;     /* a Content-Length to lie with; 0: the true one */
  guint           split;        /* bytes in one write; 0: all */
  gint64          take;         /* end after so many bytes of the request, without an answer; 0: read it all */
  gboolean        pause_after_head;     /* read no body before yj_fault_server_resume () */
  guint           drip;         /* ms between two turns of an endless body */
  gboolean        endless;      /* the body again and again, until the client goes */
  gboolean        open_chunks;  /* chunked without the last chunk */
  const char     *raw;          /* in place of all of the reply */
  YjFaultEnd      end;
} YjFaultReply;

typedef struct
{
  char   *head;                 /* request line and headers */
  char   *method;
  char   *target;
  GBytes *body;
} YjFaultRequest;

typedef struct _YjFaultServer YjFaultServer;

YjFaultServer        *yj_fault_server_new         (void);
void                  yj_fault_server_free        (YjFaultServer      *self);
const char           *yj_fault_server_get_url     (YjFaultServer      *self);
/* Copies @reply to the end of the script. A request beyond it gets HTTP 599. */
void                  yj_fault_server_script      (YjFaultServer      *self,
                                                   const YjFaultReply *reply);
/* Lets one that pauses, or will, go on. */
void                  yj_fault_server_resume      (YjFaultServer      *self);
guint                 yj_fault_server_count       (YjFaultServer      *self);
/* How many connections were made to it. */
guint                 yj_fault_server_count_connections (YjFaultServer *self);
/* The request number @index, from 0; lent for as long as the server lives. */
const YjFaultRequest *yj_fault_server_get_request (YjFaultServer      *self,
                                                   guint               index);
/* The value of a header, without regard to case; NULL when missing. */
char                 *yj_fault_request_dup_header (const YjFaultRequest *request,
                                                   const char           *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjFaultServer, yj_fault_server_free)

G_END_DECLS
