/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-outside"

#include "yj-outside.h"

#include "yj-frame-grab.h"
#include "yj-gallery-actions.h"
#include "yj-gallery-reuse.h"
#include "yj-window.h"

struct _YjOutside
{
  GtkApplication *application;  /* not owned: it owns this */
  YjJobNotices   *notices;
  char           *action;       /* asked for last, and not done yet; or NULL */
  GVariant       *target;       /* its parameter, or NULL */
};

static YjWindow *
get_window (YjOutside *self)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (YJ_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
do_with_job (YjWindow   *window,
             const char *action,
             YjJob      *job)
{
  gboolean ready = yj_job_get_state (job) == YJ_JOB_READY && yj_job_get_file (job) != NULL;

  if (g_str_equal (action, "show-job"))
    yj_window_show_job (window, job);
  else if (ready && g_str_equal (action, "extend-job"))
    yj_gallery_reuse_frame (GTK_WIDGET (window), job, YJ_FRAME_LAST, YJ_SLOT_FIRST_FRAME);
  else if (ready && g_str_equal (action, "show-job-in-files"))
    yj_gallery_actions_show_in_files (GTK_WIDGET (window), job);
}

static const char *
get_text (YjOutside *self)
{
  return g_variant_get_string (self->target, NULL);
}

static void
show_conversation (YjOutside *self,
                   YjWindow  *window)
{
  GListModel *conversations = yj_library_get_conversations (yj_session_get_library (yj_window_get_session (window)));
  const char *number, *words;
  gint64 id;

  g_variant_get (self->target, "(&s&s)", &number, &words);
  if (!g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, &id, NULL))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (conversations); i++)
    {
      g_autoptr(YjConversation) conversation = g_list_model_get_item (conversations, i);

      if (yj_conversation_get_id (conversation) == id)
        {
          yj_window_show_conversation (window, conversation, words);
          return;
        }
    }
}

static void
do_action (YjOutside  *self,
           YjWindow   *window,
           const char *action)
{
  YjJob *job;

  if (g_str_equal (action, "show-gallery"))
    yj_window_show_place (window, "gallery");
  else if (g_str_equal (action, "show-conversation"))
    show_conversation (self, window);
  else if (g_str_equal (action, "search-chats"))
    yj_window_search (window, "chat", get_text (self));
  else if (g_str_equal (action, "search-gallery"))
    yj_window_search (window, "gallery", get_text (self));
  else if ((job = yj_job_queue_find (yj_session_get_queue (yj_window_get_session (window)), get_text (self))) != NULL)
    do_with_job (window, action, job);
}

static void
activated_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  YjOutside *self = user_data;

  g_set_str (&self->action, g_action_get_name (G_ACTION (action)));
  g_clear_pointer (&self->target, g_variant_unref);
  self->target = parameter != NULL ? g_variant_ref (parameter) : NULL;
  yj_job_notices_seen (self->notices);
  /* Files comes to the front, not the window, where there is one. */
  if (!g_str_equal (self->action, "show-job-in-files") || get_window (self) == NULL)
    g_application_activate (G_APPLICATION (self->application));
  yj_outside_run (self);
}

/**
 * yj_outside_new:
 * @application: the application; it gets the actions `show-job`, `extend-job`, `show-job-in-files`, each with a uuid,
 *   `show-gallery`, `show-conversation`, with its id and the words that it was found by, and `search-chats` and
 *   `search-gallery`, with words
 * @notices: what the clicks are about
 *
 * Returns: (transfer full): lives no longer than @application
 */
YjOutside *
yj_outside_new (GtkApplication *application,
                YjJobNotices   *notices)
{
  static const GActionEntry entries[] = {
    { .name = "show-job", .activate = activated_cb, .parameter_type = "s" },
    { .name = "extend-job", .activate = activated_cb, .parameter_type = "s" },
    { .name = "show-job-in-files", .activate = activated_cb, .parameter_type = "s" },
    { .name = "show-gallery", .activate = activated_cb },
    { .name = "show-conversation", .activate = activated_cb, .parameter_type = "(ss)" },
    { .name = "search-chats", .activate = activated_cb, .parameter_type = "s" },
    { .name = "search-gallery", .activate = activated_cb, .parameter_type = "s" },
  };
  YjOutside *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (YJ_IS_JOB_NOTICES (notices), NULL);

  self = g_new0 (YjOutside, 1);
  self->application = application;
  self->notices = g_object_ref (notices);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);

  return self;
}

/**
 * yj_outside_free:
 * @self: what was made
 */
void
yj_outside_free (YjOutside *self)
{
  g_object_unref (self->notices);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self);
}

/**
 * yj_outside_run:
 * @self: what is asked for from outside
 *
 * Does it, once there is a window whose library is open. What is gone leaves the window as it is.
 */
void
yj_outside_run (YjOutside *self)
{
  YjWindow *window = get_window (self);
  g_autofree char *action = NULL;

  g_return_if_fail (self != NULL);

  if (self->action == NULL || window == NULL || !yj_window_is_open (window))
    return;

  action = g_steal_pointer (&self->action);
  do_action (self, window, action);
}
