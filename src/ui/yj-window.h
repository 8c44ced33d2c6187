/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The window with its three places. Pages reach it by gtk_widget_get_root (). */
#define YJ_TYPE_WINDOW (yj_window_get_type ())
G_DECLARE_FINAL_TYPE (YjWindow, yj_window, YJ, WINDOW, AdwApplicationWindow)

YjWindow  *yj_window_new         (GtkApplication *application,
                                  YjSession      *session);
YjSession *yj_window_get_session (YjWindow       *self);
void       yj_window_present_soon (YjWindow     *self);
void       yj_window_set_open    (YjWindow       *self,
                                  const GError   *error);
gboolean   yj_window_is_open     (YjWindow       *self);
/* @place: "chat", "create" or "gallery". */
void       yj_window_show_place  (YjWindow       *self,
                                  const char     *place);
void       yj_window_show_draft  (YjWindow       *self,
                                  YjDraft        *draft);    /* in Create */
void       yj_window_use_prompt  (YjWindow       *self,
                                  const char     *prompt);   /* in Create */
void       yj_window_add_files   (YjWindow       *self,
                                  GListModel     *files);    /* of GFile, in Create */
void       yj_window_show_job    (YjWindow       *self,
                                  YjJob          *job);      /* in Gallery */
void       yj_window_show_conversation (YjWindow  *self,
                                  YjConversation *conversation,
                                  const char     *words);    /* in Chat */
void       yj_window_search      (YjWindow       *self,
                                  const char     *place,     /* "chat" or "gallery" */
                                  const char     *words);
void       yj_window_remove_job  (YjWindow       *self,
                                  YjJob          *job);
void       yj_window_job_changed (YjWindow       *self,
                                  YjJob          *job);
void       yj_window_job_ended   (YjWindow       *self,
                                  YjJob          *job);
/* Without asking, whatever is under way. */
void       yj_window_close_anyway (YjWindow      *self);
gboolean   yj_window_closes_anyway (YjWindow     *self);
void       yj_window_add_toast   (YjWindow       *self,
                                  AdwToast       *toast);
/* Shows what went wrong where it belongs: a toast with an action that helps (key, top up). Cancelled is never shown. */
void       yj_window_show_error  (YjWindow       *self,
                                  const GError   *error);

G_END_DECLS
