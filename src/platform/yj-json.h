/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YJ_JSON_MAX_DEPTH 64

/* A value as it stands in a text that yj_json_scan () has checked: no copy, no tree. start is NULL when absent. */
typedef struct
{
  const char *start;
  gsize       length;
} YjJson;

typedef enum
{
  YJ_JSON_COMPLETE,
  YJ_JSON_INCOMPLETE,           /* good so far, but the text ends before the value does */
  YJ_JSON_INVALID,
} YjJsonScan;

typedef struct
{
  const char *next;
  const char *end;
  gboolean    object;
} YjJsonIter;

/* Finds the end of an object that comes in pieces, looking at every byte once. */
typedef struct
{
  guint    depth;
  char     quote;               /* of the string we are in, or 0 */
  gboolean escaped;
} YjJsonMatcher;

YjJsonScan yj_json_scan          (const char    *text,
                                  gsize          length,
                                  YjJson        *value,
                                  gsize         *consumed);
gssize     yj_json_matcher_push  (YjJsonMatcher *self,
                                  const char    *text,
                                  gsize          length);
void       yj_json_iter_init     (YjJsonIter    *iter,
                                  YjJson         container);
gboolean   yj_json_iter_next     (YjJsonIter    *iter,
                                  YjJson        *name,
                                  YjJson        *value);
gboolean   yj_json_is_object     (YjJson         value);
gboolean   yj_json_is_array      (YjJson         value);
gboolean   yj_json_is_string     (YjJson         value);
gboolean   yj_json_is_absent     (YjJson         value);
gboolean   yj_json_equals        (YjJson         string,
                                  const char    *text);
YjJson     yj_json_get           (YjJson         object,
                                  const char    *name);
YjJson     yj_json_get_last      (YjJson         array);
char      *yj_json_dup_string    (YjJson         value);
char      *yj_json_dup_text      (YjJson         value);
char      *yj_json_dup_json      (YjJson         value);
gboolean   yj_json_append_string (YjJson         value,
                                  GString       *into);
gint64     yj_json_get_integer   (YjJson         value,
                                  gint64         fallback);
void       yj_json_quote         (GString       *into,
                                  const char    *text);

G_END_DECLS
