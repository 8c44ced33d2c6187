/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-card"

#include "yj-job-card.h"

#include <glib/gi18n.h>

#include "yj-gallery-actions.h"
#include "yj-gallery-grid.h"
#include "yj-job-content.h"
#include "yj-job-drag.h"
#include "yj-job-fold.h"
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
  GMenuModel    *several_menu;
  GtkWidget     *popover;
  YjJobCardSize  size;
  gboolean       dragged;
  gboolean       filled;          /* shows as much as there may ever be, only to be measured */
  guint          batch_which;     /* among what was ordered together, from 1; 0: alone */
  guint          batch_n;
  int            buttons_for;     /* the state and the error that the buttons were made for */
  guint          tick_id;         /* counts the seconds of a job on its way */

  YjPosterImage *poster;
  GtkPicture    *video;
  GtkWidget     *spinner;
  GtkWidget     *progress;
  GtkLabel      *badge;
  GtkLabel      *batch;
  GtkLabel      *behind;
  GtkWidget     *check;
  GtkButton     *star;
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

/* One paragraph, longer than any label of a card shows. */
#define LINES "今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今" \
              "今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今今"

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
  set_text (self->caption, self->size == YJ_JOB_CARD_SMALL ? "" : self->filled ? LINES : text);
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
update_star (YjJobCard *self)
{
  gboolean favourite = yj_job_get_favourite (self->job);

  gtk_button_set_icon_name (self->star, favourite ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->star), favourite ? _("Remove from Favorites") : _("Add to Favorites"));
  if (favourite)
    gtk_widget_add_css_class (GTK_WIDGET (self->star), "yj-starred");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->star), "yj-starred");
}

/* What a screen reader says of it. */
static void
update_label (YjJobCard *self)
{
  g_autofree char *description = NULL;

  g_object_get (self, "description", &description, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
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
  set_text (self->prompt, self->filled ? LINES : *yj_job_get_prompt (self->job) != '\0' ? yj_job_get_prompt (self->job) : _("Without words"));
  gtk_label_set_lines (self->prompt, self->size == YJ_JOB_CARD_SMALL ? 1 : 2);
  gtk_label_set_lines (self->caption, ready ? 1 : 3);
  update_caption (self);
  update_star (self);
  if (bad)
    gtk_widget_remove_css_class (GTK_WIDGET (self->caption), "dimmed");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->caption), "dimmed");

  update_progress (self);
  yj_gallery_actions_update (GTK_WIDGET (self), self->job);
  buttons_for = yj_job_card_get_kind (self->job);
  if (buttons_for != self->buttons_for)
    {
      self->buttons_for = buttons_for;
      yj_gallery_actions_fill_buttons (self->buttons, self->job);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), self->size != YJ_JOB_CARD_SMALL &&
                          gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) != NULL);
  update_tick (self);
  update_label (self);
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

static void
add_part (GString    *text,
          const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
}

static char *
dup_description (YjJobCard *self)
{
  g_autofree char *state = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *tags = NULL;
  GString *text;

  if (self->job == NULL)
    return NULL;

  state = yj_job_text_dup_state (self->job);
  facts = yj_job_text_dup_facts (self->job);
  tags = yj_job_get_tags (self->job) != NULL ? g_strjoinv (", ", (char **) yj_job_get_tags (self->job)) : NULL;
  text = g_string_new (yj_job_get_prompt (self->job));
  add_part (text, get_model_title (self));
  add_part (text, state);
  add_part (text, facts);
  add_part (text, yj_job_get_favourite (self->job) ? _("Favorite") : NULL);
  add_part (text, tags);
  add_part (text, gtk_widget_get_visible (GTK_WIDGET (self->behind)) ? gtk_widget_get_tooltip_text (GTK_WIDGET (self->behind)) : NULL);
  add_part (text, self->batch_which > 0 ? gtk_widget_get_tooltip_text (GTK_WIDGET (self->batch)) : NULL);

  return g_string_free_and_steal (text);
}

/* All that is selected when this one is, else it alone. */
static GPtrArray *
list_dragged (YjJobCard *self)
{
  GtkWidget *grid = gtk_widget_get_ancestor (GTK_WIDGET (self), YJ_TYPE_GALLERY_GRID);
  GPtrArray *jobs;

  if (grid != NULL && self->job != NULL && yj_gallery_grid_is_selected (YJ_GALLERY_GRID (grid), self->job))
    return yj_gallery_grid_list_selected (YJ_GALLERY_GRID (grid));

  jobs = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->job != NULL)
    g_ptr_array_add (jobs, g_object_ref (self->job));
  return jobs;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 YjJobCard     *self)
{
  g_autoptr(GPtrArray) jobs = list_dragged (self);

  return yj_job_content_new (jobs);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               YjJobCard     *self)
{
  g_autoptr(GdkContentProvider) content = g_object_ref (gdk_drag_get_content (drag));

  self->dragged = TRUE;
  yj_job_drag_set_icon (drag, yj_poster_image_get_paintable (self->poster), yj_job_content_count (gdk_drag_get_content (drag)));
}

static void
drag_end_cb (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       delete_data,
             YjJobCard     *self)
{
  self->dragged = FALSE;
}

static void
pop_up (YjJobCard *self,
        double     x,
        double     y)
{
  GtkWidget *grid = gtk_widget_get_ancestor (GTK_WIDGET (self), YJ_TYPE_GALLERY_GRID);
  gboolean several = FALSE;

  /* The menu is about what is selected, or about this one and then nothing else is selected. */
  if (grid != NULL && !yj_gallery_grid_is_selected (YJ_GALLERY_GRID (grid), self->job))
    yj_gallery_grid_unselect_all (YJ_GALLERY_GRID (grid));
  if (grid != NULL)
    several = yj_gallery_grid_count_selected (YJ_GALLERY_GRID (grid)) > 1;
  gtk_widget_grab_focus (GTK_WIDGET (self));

  if (self->popover != NULL)
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), several ? self->several_menu : self->menu);
  else
    {
      self->popover = gtk_popover_menu_new_from_model (several ? self->several_menu : self->menu);
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
favourite_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  YjJobCard *self = YJ_JOB_CARD (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->job != NULL && YJ_IS_WINDOW (root))
    yj_job_queue_set_favourite (yj_session_get_queue (yj_window_get_session (YJ_WINDOW (root))), self->job,
                                !yj_job_get_favourite (self->job));
}

static void
unfold_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_JOB_CARD (widget)->job != NULL && YJ_IS_WINDOW (root))
    yj_job_fold_unfold (YJ_WINDOW (root), YJ_JOB_CARD (widget)->job);
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
          self->filled = FALSE;
          yj_job_card_set_video (self, NULL);
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
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, several_menu);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, batch);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, behind);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, check);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, star);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, poster);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, video);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, progress);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, badge);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, prompt);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, caption);
  gtk_widget_class_bind_template_child (widget_class, YjJobCard, buttons);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);

  yj_gallery_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "job.favourite", NULL, favourite_cb);
  gtk_widget_class_install_action (widget_class, "job.unfold", NULL, unfold_cb);
  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, popup_menu_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
yj_job_card_init (YjJobCard *self)
{
  self->signals = g_signal_group_new (YJ_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (job_changed_cb), self);
  self->size = YJ_JOB_CARD_MEDIUM;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_job_card_get_job:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): what it shows
 */
YjJob *
yj_job_card_get_job (YjJobCard *self)
{
  g_return_val_if_fail (YJ_IS_JOB_CARD (self), NULL);

  return self->job;
}

/**
 * yj_job_card_set_size:
 * @self: a card
 * @size: how much of a job it shows
 */
void
yj_job_card_set_size (YjJobCard     *self,
                      YjJobCardSize  size)
{
  g_return_if_fail (YJ_IS_JOB_CARD (self));

  if (self->size == size)
    return;

  self->size = size;
  if (self->job != NULL)
    update (self);
}

/**
 * yj_job_card_set_batch:
 * @self: a card
 * @which: among what was ordered together, from 1; 0: it was ordered alone
 * @n: how many those are
 */
void
yj_job_card_set_batch (YjJobCard *self,
                       guint      which,
                       guint      n)
{
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (YJ_IS_JOB_CARD (self));

  if (self->batch_which == which && self->batch_n == n)
    return;

  self->batch_which = which;
  self->batch_n = n;
  text = which > 0 ? g_strdup_printf ("%u/%u", which, n) : g_strdup ("");
  /* translators: a video's place among those that were ordered together */
  words = g_strdup_printf (_("%u of %u ordered together"), which, n);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->batch), words);
  set_text (self->batch, text);
  if (self->job != NULL)
    update_label (self);
}

/**
 * yj_job_card_set_behind:
 * @self: a card
 * @n: how many lie folded behind it
 */
void
yj_job_card_set_behind (YjJobCard *self,
                        guint      n)
{
  g_autofree char *text = n > 0 ? g_strdup_printf ("+%u", n) : g_strdup ("");
  g_autofree char *words = g_strdup_printf (ngettext ("%u folded behind it", "%u folded behind it", n), n);

  g_return_if_fail (YJ_IS_JOB_CARD (self));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->behind), words);
  set_text (self->behind, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "job.unfold", n > 0);
  if (self->job != NULL)
    update_label (self);
}

/**
 * yj_job_card_set_selected:
 * @self: a card
 * @selected: whether it is
 */
void
yj_job_card_set_selected (YjJobCard *self,
                          gboolean   selected)
{
  g_return_if_fail (YJ_IS_JOB_CARD (self));

  gtk_widget_set_visible (self->check, selected);
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

/**
 * yj_job_card_set_video:
 * @self: a card
 * @video: (nullable): what is played over the poster, or %NULL
 */
void
yj_job_card_set_video (YjJobCard    *self,
                       GdkPaintable *video)
{
  g_return_if_fail (YJ_IS_JOB_CARD (self));

  gtk_picture_set_paintable (self->video, video);
  gtk_widget_set_visible (GTK_WIDGET (self->video), video != NULL);
}

/**
 * yj_job_card_is_busy:
 * @self: a card
 *
 * Returns: whether its menu is open or it is being dragged: it has to stay then
 */
gboolean
yj_job_card_is_busy (YjJobCard *self)
{
  g_return_val_if_fail (YJ_IS_JOB_CARD (self), FALSE);

  return self->dragged || (self->popover != NULL && gtk_widget_get_visible (self->popover));
}

/**
 * yj_job_card_get_kind:
 * @job: a job
 *
 * Returns: a number that jobs have in common whose cards are as high as each other's
 */
int
yj_job_card_get_kind (YjJob *job)
{
  g_return_val_if_fail (YJ_IS_JOB (job), 0);

  return yj_job_get_state (job) == YJ_JOB_READY ? 0 : ((int) yj_job_get_state (job) + 1) * 100 + yj_job_get_error_code (job);
}

/**
 * yj_job_card_fill:
 * @self: a card that is never seen
 * @job: a job
 *
 * Shows as much as a card of the kind of @job ever does, so that its height can be measured.
 */
void
yj_job_card_fill (YjJobCard *self,
                  YjJob     *job)
{
  g_return_if_fail (YJ_IS_JOB_CARD (self));
  g_return_if_fail (YJ_IS_JOB (job));

  g_set_object (&self->job, job);
  self->buttons_for = -100;
  self->filled = TRUE;
  update (self);
}
