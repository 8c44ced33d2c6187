/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-chat-start"

#include "yj-chat-start.h"

#include <glib/gi18n.h>

struct _YjChatStart
{
  AdwBin      parent_instance;
  GtkListBox *suggestions;
};

/* What can be begun with; the words go into the composer and are to be finished there. */
static const struct
{
  const char *title;
  const char *subtitle;
  const char *words;
} suggestions[] = {
  { N_("Turn an idea into a video prompt"), N_("Camera, light and motion, ready for Create"),
    N_("Write a prompt for a video model from this idea. Describe subject, motion, camera, light and style in one paragraph:\n") },
  { N_("Plan a story in shots"), N_("A table with a prompt and seconds for each shot"),
    N_("Break this story into shots of 5 to 10 seconds. Give a table with shot, prompt and seconds:\n") },
  { N_("Translate and polish"), N_("Chinese and English, side by side"),
    N_("Translate this between Chinese and English and polish it, both versions side by side:\n") },
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjChatStart, yj_chat_start, ADW_TYPE_BIN)

static void
row_activated_cb (YjChatStart   *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, _(suggestions[gtk_list_box_row_get_index (row)].words));
}

static void
yj_chat_start_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), YJ_TYPE_CHAT_START);

  G_OBJECT_CLASS (yj_chat_start_parent_class)->dispose (object);
}

static void
yj_chat_start_class_init (YjChatStartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_chat_start_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", YJ_TYPE_CHAT_START, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-chat-start.ui");
  gtk_widget_class_bind_template_child (widget_class, YjChatStart, suggestions);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
yj_chat_start_init (YjChatStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (suggestions); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(suggestions[i].title));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(suggestions[i].subtitle));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->suggestions, row);
    }
}
