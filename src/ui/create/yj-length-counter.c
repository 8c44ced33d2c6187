/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-length-counter.h"

#include <glib/gi18n.h>

static char *
dup_words (const YjPromptLength *length,
           guint                 bound)
{
  switch (length->unit)
    {
    case YJ_LENGTH_HAN:
      /* translators: %1$u: Chinese characters in the prompt, %2$u: how many the model reads */
      return g_strdup_printf (_("%1$u of %2$u Chinese characters"), length->n, bound);
    case YJ_LENGTH_WORDS:
      /* translators: %1$u: words in the prompt, %2$u: how many the model reads */
      return g_strdup_printf (_("%1$u of %2$u words"), length->n, bound);
    case YJ_LENGTH_CHARACTERS:
      break;
    }

  /* translators: %1$u: characters in the prompt, %2$u: how many the model reads */
  return g_strdup_printf (_("%1$u of %2$u characters"), length->n, bound);
}

/**
 * yj_length_counter_show:
 * @label: the label that is the counter
 * @length: (nullable): how long the text is by its model's rule; %NULL: nobody says how long it may be
 *
 * Shows the length, in words to who points at it or has it read out, and by its colour what comes of it.
 */
void
yj_length_counter_show (GtkLabel             *label,
                        const YjPromptLength *length)
{
  GtkWidget *widget = GTK_WIDGET (label);
  g_autofree char *text = NULL, *words = NULL;
  guint bound;

  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_widget_remove_css_class (widget, "warning");
  gtk_widget_remove_css_class (widget, "error");
  gtk_widget_set_visible (widget, length != NULL);
  if (length == NULL)
    return;

  bound = length->n > length->advised && length->most > 0 ? length->most : length->advised;
  text = g_strdup_printf ("%u / %u", length->n, bound);
  words = dup_words (length, bound);
  if (length->most > 0 && length->n > length->most)
    gtk_widget_add_css_class (widget, "error");
  else if (length->n > length->advised)
    gtk_widget_add_css_class (widget, "warning");
  gtk_label_set_label (label, text);
  gtk_widget_set_tooltip_text (widget, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
