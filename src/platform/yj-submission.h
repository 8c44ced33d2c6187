/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The ordered fields of one paid request; JSON when it has no file, multipart when it has one. */
#define YJ_TYPE_SUBMISSION (yj_submission_get_type ())
G_DECLARE_FINAL_TYPE (YjSubmission, yj_submission, YJ, SUBMISSION, GObject)

YjSubmission *yj_submission_new         (void);
void          yj_submission_add_string  (YjSubmission *self,
                                         const char   *name,
                                         const char   *value);
void          yj_submission_add_integer (YjSubmission *self,
                                         const char   *name,
                                         gint64        value);
void          yj_submission_add_boolean (YjSubmission *self,
                                         const char   *name,
                                         gboolean      value);
void          yj_submission_add_file    (YjSubmission *self,
                                         const char   *name,
                                         GFile        *file,
                                         const char   *content_type);
void          yj_submission_cut_file    (YjSubmission *self,
                                         gint64        size,
                                         gint64        at,
                                         gint64        length,
                                         GBytes       *instead);
gboolean      yj_submission_has_files   (YjSubmission *self);
char         *yj_submission_to_json     (YjSubmission *self);

G_END_DECLS
