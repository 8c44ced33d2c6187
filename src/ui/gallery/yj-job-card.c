/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-card"

#include "yj-job-card.h"

#include <glib/gi18n.h>

#include "yj-gallery-actions.h"
#include "yj-job-drag.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"
#include "yj-ratio-bin.h"
#include "yj-window.h"

struct _YjJobCard
{
  AdwBin         parent_instance;

  YjJob         *job;
  GSignalGroup  *signals;
  GMenuModel    *menu;
  GtkWidget     *popover;
  int            buttons_for;     /* the state and the error that the buttons were made for */
  guint          tick_id;         /* counts the seconds of a job on its way */

  YjPosterImage *poster;
  GtkWidget     *spinner;
  GtkWidget     *progress;
  GtkLabel      *badge;
  GtkLabel      *prompt;
  GtkLabel      *caption;
  AdwWrapBox    *buttons;
};

typedef enum
{
  PROP_JOB = 1,
  PROP_DESCRIPTION,
} YjJobCardProps;

static GParamSpec *props[PROP_DESCRIPTION + 1];

G_DEFINE_FINAL_TYPE (YjJobCard, yj_job_card, ADW_TYPE_BIN)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

/* The model's title; its wire name as long as the card is in no window, or when the catalogue has lost it. */
static const char *
get_model_title (YjJobCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  YjModel *model = NULL;

  if (YJ_IS_WINDOW (root))
    model = yj_catalog_find_by_id (yj_session_get_catalog (yj_window_get_session (YJ_WINDOW (root))), yj_job_get_model_id (self->job));

  return model != NULL ? yj_model_get_title (model) : yj_job_get_model_name (self->job);
}

static void
update_caption (YjJobCard *self)
{
  YjJobState state = yj_job_get_state (self->job);
  g_autofree char *words = yj_job_text_dup_state (self->job);
  g_autofree char *text = NULL;

  if (state == YJ_JOB_READY)
    text = g_strdup (get_model_title (self));
  else
    text = g_steal_pointer (&words);
  set_text (self->caption, text);
}

static gboolean
tick_cb (gpointer user_data)
{
  update_caption (user_data);
  return G_SOURCE_CONTINUE;
}

static void
update_tick (YjJobCard *self)
{
  gboolean wanted = self->job != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
                    !yj_job_state_is_final (yj_job_get_state (self->job));

  if (wanted && self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
update_progress (YjJobCard *self)
{
  YjJobState state = yj_job_get_state (self->job);
  gint64 total = yj_job_get_total (self->job);
  gboolean known = (state == YJ_JOB_SUBMITTING || state == YJ_JOB_DOWNLOADING) && total > 0;

  gtk_widget_set_visible (self->progress, known);
  if (known)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                   CLAMP ((double) yj_job_get_moved (self->job) / (double) total, 0, 1));
}

static void
update (YjJobCard *self)
{
  YjJobState state;
  gboolean ready, bad;
  GFile *still;
  int buttons_for;
  g_autofree char *length = NULL;

  if (self->job == NULL)
    {
      update_tick (self);
      g_object_set (self->poster, "file", NULL, NULL);
      return;
    }

  state = yj_job_get_state (self->job);
  ready = state == YJ_JOB_READY;
  bad = state == YJ_JOB_FAILED || state == YJ_JOB_UNCONFIRMED || state == YJ_JOB_EXPIRED ||
        (state == YJ_JOB_WAITING && yj_job_get_error_code (self->job) >= 0);
  still = yj_job_get_cover (self->job) != NULL ? yj_job_get_cover (self->job) : yj_job_get_file (self->job);
  g_object_set (self->poster, "file", still, "icon-name", yj_job_text_get_icon (state), NULL);
  gtk_widget_set_visible (self->spinner, !yj_job_state_is_final (state) && state != YJ_JOB_WAITING);

  length = ready && yj_job_get_duration (self->job) > 0 ? yj_job_text_dup_duration (yj_job_get_duration (self->job)) : g_strdup ("");
  set_text (self->badge, length);
  set_text (self->prompt, *yj_job_get_prompt (self->job) != '\0' ? yj_job_get_prompt (self->job) : _("Without words"));
  update_caption (self);
  if (bad)
    gtk_widget_remove_css_class (GTK_WIDGET (self->caption), "dimmed");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->caption), "dimmed");

  update_progress (self);
  yj_gallery_actions_update (GTK_WIDGET (self), self->job);
  buttons_for = (int) state * 100 + yj_job_get_error_code (self->job);
  if (buttons_for != self->buttons_for)
    {
      self->buttons_for = buttons_for;
      yj_gallery_actions_fill_buttons (self->buttons, self->job);
    }
  update_tick (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DESCRIPTION]);
}

static void
job_changed_cb (YjJobCard  *self,
                GParamSpec *pspec)
{
  /* Bytes move often: they touch two widgets only. */
  if (g_str_equal (pspec->name, "moved") || g_str_equal (pspec->name, "total"))
    {
      update_caption (self);
      update_progress (self);
    }
  else
    update (self);
}

static char *
dup_description (YjJobCard *self)
{
  g_autofree char *state = NULL;
  g_autofree char *facts = NULL;

  if (self->job == NULL)
    return NULL;

  state = yj_job_text_dup_state (self->job);
  facts = yj_job_text_dup_facts (self->job);
  return g_strjoin (", ", yj_job_get_prompt (self->job), get_model_title (self), state,
                    *facts != '\0' ? facts : NULL, NULL);
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 YjJobCard     *self)
{
  return yj_job_drag_new_content (self->job);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               YjJobCard     *self)
{
  yj_job_drag_set_icon (source, yj_poster_image_get_paintable (self->poster));
}

static void
pop_up (YjJobCard *self,
        double     x,
        double     y)
{
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
menu_pressed_cb (YjJobCard *self,
                 int        n_press,
                 double     x,
                 double     y)
{
  pop_up (self, x, y);
}

static void
long_pressed_cb (YjJobCard *self,
                 double     x,
                 double     y)
{
  pop_up (self, x, y);
}

static void
popup_menu_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  pop_up (YJ_JOB_CARD (widget), gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
}

static void
yj_job_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yj_job_card_parent_class)->map (widget);

  if (YJ_JOB_CARD (widget)->job != NULL)
    update (YJ_JOB_CARD (widget));
  update_tick (YJ_JOB_CARD (widget));
}

static void
yj_job_card_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yj_job_card_parent_class)->unmap (widget);

  update_tick (YJ_JOB_CARD (widget));
}

static void
yj_job_card_dispose (GObject *object)
{
  YjJobCard *self = YJ_JOB_CARD (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_JOB_CARD);
  g_clear_object (&self->signals);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (yj_job_card_parent_class)->dispose (object);
}

static void
yj_job_card_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  YjJobCard *self = YJ_JOB_CARD (object);

  switch ((YjJobCardProps) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    case PROP_DESCRIPTION:
      g_value_take_string (value, dup_description (self));
      break;
    }
}

static void
yj_job_card_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  YjJobCard *self = YJ_JOB_CARD (object);

  switch ((YjJobCardProps) prop_id)
    {
    case PROP_JOB:
      if (g_set_object (&self->job, g_value_get_object (value)))
        {
          g_signal_group_set_target (self->signals, self->job);
          self->buttons_for = -100;
          update (self);
        }
      break;
    case PROP_DESCRIPTION:
      g_assert_not_reached ();
    }
}

static void
yj_job_card_class_init (YjJobCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_job_card_dispose;
  object_class->get_property = yj_job_card_get_property;
  object_class->set_property = yj_job_card_set_property;
  widget_class->map = yj_job_card_map;
  widget_class->unmap = yj_job_card_unmap;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, YJ_TYPE_JOB, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_POSTER_IMAGE);
  g_type_ensure (YJ_TYPE_RATIO_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-job-card.ui");
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, menu);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, poster);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, progress);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, badge);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, prompt);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, caption);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, buttons);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);

  yj_gallery_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, popup_menu_cb);
}

static void
yj_job_card_init (YjJobCard *self)
{
  self->signals = g_signal_group_new (YJ_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (job_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
