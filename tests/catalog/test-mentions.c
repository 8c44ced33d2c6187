/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mentions of files in a prompt: bound to the file, and each model's own word when it is sent. */
#include <string.h>

#include "catalog-test.h"
#include "yj-prompt-text.h"

#define SEEDANCE "r2v/doubao-seedance-2-0-260128"
#define HAPPYHORSE "r2v/happyhorse-1.0-r2v"

static YjCatalog *catalog;

/* Families that the shipped file has no model of, with the words of their own pages. */
static const char families[] =
  "{\"version\": 1, \"models\": ["
  " {\"id\": \"r2v/wan\", \"mode\": \"r2v\", \"name\": \"wan2.6-r2v\", \"llmid\": \"x\", \"slots\": ["
  "   {\"role\": \"reference-images\", \"field\": \"i\"}, {\"role\": \"reference-videos\", \"field\": \"v\"}],"
  "  \"mention\": {\"image\": \"character{n}\", \"video\": \"character{n}\", \"counting\": \"shared\", \"source\": \"s\"}},"
  " {\"id\": \"r2v/vidu\", \"mode\": \"r2v\", \"name\": \"viduq2\", \"llmid\": \"x\", \"slots\": ["
  "   {\"role\": \"reference-images\", \"field\": \"i\"}],"
  "  \"mention\": {\"image\": \"@{name}\", \"counting\": \"named\", \"source\": \"s\"}},"
  " {\"id\": \"r2v/jimeng\", \"mode\": \"r2v\", \"name\": \"jimeng\", \"llmid\": \"x\", \"slots\": ["
  "   {\"role\": \"reference-images\", \"field\": \"i\"}, {\"role\": \"reference-videos\", \"field\": \"v\"}],"
  "  \"mention\": {\"image\": {\"en\": \"@Image{n}\", \"zh\": \"@图片{n}\"}, \"video\": \"@Video{n}\","
  "              \"counting\": \"per-kind\", \"source\": \"s\"}},"
  " {\"id\": \"r2v/orderly\", \"mode\": \"r2v\", \"name\": \"orderly\", \"llmid\": \"x\", \"slots\": ["
  "   {\"role\": \"reference-images\", \"field\": \"i\"}, {\"role\": \"reference-videos\", \"field\": \"v\"}]}]}";

static YjModel *
find_model (const char *id,
            gpointer    user_data)
{
  return yj_catalog_find_by_id (catalog, id);
}

static YjDraft *
new_draft (const char *id)
{
  return yj_draft_new (yj_catalog_find_by_id (catalog, id));
}

static char *
mention (YjDraft     *draft,
         YjDraftFile *file)
{
  g_autofree char *label = yj_draft_dup_label (draft, file);

  return yj_prompt_text_mention (yj_draft_file_get_id (file), label);
}

/* @format: with %s for the mention of each file, as many as there are. */
static void
write_prompt (YjDraft     *draft,
              const char  *before,
              YjDraftFile *one,
              const char  *between,
              YjDraftFile *two,
              const char  *after)
{
  g_autofree char *first = mention (draft, one);
  g_autofree char *second = two != NULL ? mention (draft, two) : g_strdup ("");
  g_autofree char *source = g_strconcat (before, first, between, second, after, NULL);

  yj_draft_set_prompt_source (draft, source);
}

static void
assert_sent (YjDraft    *draft,
             const char *expected)
{
  g_autofree char *sent = yj_draft_dup_sent_prompt (draft);

  g_assert_cmpstr (sent, ==, expected);
}

static void
test_text (void)
{
  g_autofree char *cat = yj_prompt_text_mention ("7f", "cat, 一");
  g_autofree char *source = g_strconcat ("a ", cat, cat, " b", NULL), *plain = yj_prompt_text_to_plain (source);
  g_autofree char *outside = yj_prompt_text_from_plain (source);
  g_autofree char *damaged = g_strndup (source, strlen ("a ") + strlen (cat) - 3), *rest = yj_prompt_text_to_plain (damaged);
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);
  const YjPromptPiece *piece = g_ptr_array_index (pieces, 1);

  g_assert_cmpuint (pieces->len, ==, 4);
  g_assert_cmpstr (piece->id, ==, "7f");
  g_assert_cmpstr (piece->name, ==, "cat, 一");
  g_assert_cmpstr (plain, ==, "a @cat, 一@cat, 一 b");
  g_assert_true (yj_prompt_text_has_mentions (source));
  g_assert_false (yj_prompt_text_has_mentions (outside));
  g_assert_false (yj_prompt_text_has_mentions (damaged));
  g_assert_true (g_utf8_validate (rest, -1, NULL));
  g_assert_cmpstr (rest, ==, "a 7fcat, 一");

  g_assert_true (yj_prompt_text_is_chinese ("一只 cat 走过"));
  g_assert_false (yj_prompt_text_is_chinese ("the sign says 走"));
  g_assert_false (yj_prompt_text_is_chinese (""));
}

/* Every family's word and rule of counting, in both languages. */
static void
test_families (void)
{
  static const struct { const char *model, *english, *chinese; } cases[] = {
    { SEEDANCE, "so [Image 2] meets [Video 1] there", "让图片2遇见视频1吧" },
    { HAPPYHORSE, "so [Image 2] meets clip there", "让[Image 2]遇见clip吧" },  /* takes no clips */
    { "r2v/wan", "so character2 meets character3 there", "让character2遇见character3吧" },
    { "r2v/vidu", "so @blackcat meets clip there", "让@blackcat遇见clip吧" },
    { "r2v/jimeng", "so @Image2 meets @Video1 there", "让@图片2遇见@Video1吧" },
    { "r2v/orderly", "so picture 2 meets video 1 there", "让图片2遇见视频1吧" },
    { "t2v/happyhorse-1.0-t2v", "so black cat meets clip there", "让black cat遇见clip吧" },
    { "i2v/viduq3-pro", "so the last frame meets clip there", "让尾帧遇见clip吧" },
  };
  g_autoptr(YjDraft) draft = new_draft (SEEDANCE);
  YjDraftFile *cat, *clip;

  attach (draft, YJ_SLOT_REFERENCE_IMAGES, "lake.jpg", YJ_MEDIA_KIND_IMAGE);
  cat = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "black cat.jpg", YJ_MEDIA_KIND_IMAGE);
  clip = attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "clip.mp4", YJ_MEDIA_KIND_VIDEO);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, cases[i].model));
      write_prompt (draft, "so ", cat, " meets ", clip, " there");
      assert_sent (draft, cases[i].english);
      write_prompt (draft, "让", cat, "遇见", clip, "吧");
      assert_sent (draft, cases[i].chinese);
      g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "让@black cat遇见@clip吧");
    }
}

/* Words stay apart: a digit after a number would be another number. */
static void
test_apart (void)
{
  g_autoptr(YjDraft) draft = new_draft ("r2v/wan");
  YjDraftFile *cat = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "cat.jpg", YJ_MEDIA_KIND_IMAGE);

  write_prompt (draft, "with", cat, "2 legs ", cat, "");
  assert_sent (draft, "with character1 2 legs character1");
  write_prompt (draft, "", cat, "", cat, ", 3");
  assert_sent (draft, "character1 character1, 3");
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, SEEDANCE));
  write_prompt (draft, "让", cat, "3", NULL, "次回头");
  assert_sent (draft, "让图片1 3次回头");
}

static void
test_follow (void)
{
  g_autoptr(YjDraft) draft = new_draft (SEEDANCE);
  g_autoptr(YjDraftFile) cat = NULL, mended = new_file ("mended.jpg", YJ_MEDIA_KIND_IMAGE);
  g_auto(GStrv) missing = NULL;
  YjDraftFile *lake;

  lake = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "lake.jpg", YJ_MEDIA_KIND_IMAGE);
  cat = g_object_ref (attach (draft, YJ_SLOT_REFERENCE_IMAGES, "cat.jpg", YJ_MEDIA_KIND_IMAGE));
  write_prompt (draft, "", cat, " at ", lake, "");
  assert_sent (draft, "[Image 2] at [Image 1]");
  yj_draft_move_file (draft, cat, 0);
  assert_sent (draft, "[Image 1] at [Image 2]");

  /* gone: it is said, and comes back with the file */
  yj_draft_remove_file (draft, cat);
  assert_sent (draft, "cat at [Image 1]");
  missing = yj_draft_dup_missing_mentions (draft);
  g_assert_cmpstrv (missing, ((const char * const []) { "@cat", NULL }));
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_REFERENCE_IMAGES, cat));
  assert_sent (draft, "[Image 2] at [Image 1]");

  /* set aside is not sent either */
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, "i2v/happyhorse-1.0-i2v"));
  assert_sent (draft, "cat at the first frame");

  /* another file in its place */
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, SEEDANCE));
  yj_draft_file_stand_for (mended, cat);
  yj_draft_remove_file (draft, cat);
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_REFERENCE_IMAGES, mended));
  assert_sent (draft, "[Image 2] at [Image 1]");
}

static void
test_names (void)
{
  g_autoptr(YjDraft) draft = new_draft (SEEDANCE);
  YjDraftFile *one = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "a/cat.jpg", YJ_MEDIA_KIND_IMAGE);
  YjDraftFile *two = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "b/cat.jpg", YJ_MEDIA_KIND_IMAGE);

  yj_draft_append_mention (draft, one);
  yj_draft_append_mention (draft, two);
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "@cat @cat-2");
  yj_draft_file_set_name (one, "my @pet\n.png");
  yj_draft_set_prompt (draft, "");
  yj_draft_append_mention (draft, one);
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "@my  pet");
}

/* What people type for files is read in every family's spelling. */
static void
test_typed (void)
{
  static const struct { const char *typed, *sent; } cases[] = {
    { "[Image 2] and [video 1]", "[Image 2] and [Video 1]" },
    { "@Image1 by @Image 2", "[Image 1] by [Image 2]" },
    { "character3 sings", "[Video 1] sings" },
    { "@cat.jpg, @cat, ＠lake", "[Image 2], [Image 2], [Image 1]" },
    { "@category of cats", "@category of cats" },
    { "image 1 of 2, my@mail, 5 [Image 12] [Video 2]", "image 1 of 2, my@mail, 5 [Image 12] [Video 2]" },
    { "图片2走向视频1", "图片2走向视频1" },
    { "@图片1 和【图片2】，图片10", "图片1 和图片2，图片10" },
  };
  g_autoptr(YjDraft) draft = new_draft (SEEDANCE);
  YjDraftFile *lake = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "lake.jpg", YJ_MEDIA_KIND_IMAGE);
  YjDraftFile *cat = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "cat.jpg", YJ_MEDIA_KIND_IMAGE);
  YjDraftFile *clip = attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "clip.mp4", YJ_MEDIA_KIND_VIDEO);
  g_auto(GStrv) missing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bound = yj_draft_dup_bound (draft, cases[i].typed);

      yj_draft_set_prompt_source (draft, bound);
      assert_sent (draft, cases[i].sent);
    }

  yj_draft_set_prompt (draft, "图片2走向视频1, [Image 7], 图片9, [Image 7]");
  assert_sent (draft, "图片2走向视频1, [Image 7], 图片9, [Image 7]");
  g_assert_false (yj_draft_is_mentioned (draft, lake));
  g_assert_true (yj_draft_is_mentioned (draft, cat));
  g_assert_true (yj_draft_is_mentioned (draft, clip));
  missing = yj_draft_dup_missing_mentions (draft);
  g_assert_cmpstrv (missing, ((const char * const []) { "[Image 7]", "图片9", NULL }));
}

static void
test_json (void)
{
  g_autoptr(YjDraft) draft = new_draft (SEEDANCE);
  g_autoptr(YjDraft) back = NULL, other = NULL;
  g_autofree char *json = NULL, *again = NULL;
  g_autoptr(GString) edited = NULL;
  YjDraftFile *cat, *clip;

  attach (draft, YJ_SLOT_REFERENCE_IMAGES, "lake.jpg", YJ_MEDIA_KIND_IMAGE);
  cat = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "0a1b.jpg", YJ_MEDIA_KIND_IMAGE);
  clip = attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "clip.mp4", YJ_MEDIA_KIND_VIDEO);
  yj_draft_file_set_name (cat, "cat.jpg");
  write_prompt (draft, "\"一\"", cat, "看\n", clip, "");
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, "i2v/happyhorse-1.0-i2v"));

  json = yj_draft_to_json (draft);
  back = yj_draft_new_from_json (json, find_model, NULL, NULL);
  again = yj_draft_to_json (back);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpstr (yj_draft_get_prompt (back), ==, "\"一\"@cat看\n@clip");
  assert_sent (back, "\"一\"cat看\nclip");     /* set aside, both */
  yj_draft_set_model (back, yj_catalog_find_by_id (catalog, SEEDANCE));
  assert_sent (back, "\"一\"图片2看\n视频1");

  /* who writes another prompt into the file means that one */
  edited = g_string_new (json);
  g_assert_cmpuint (g_string_replace (edited, "看\\n@clip", "看", 0), ==, 1);
  other = yj_draft_new_from_json (edited->str, find_model, NULL, NULL);
  g_assert_cmpstr (yj_draft_get_prompt (other), ==, "\"一\"@cat看");
}

/* A recipe is a model, values and words: the files are those of the draft that takes it. */
static void
test_recipe (void)
{
  g_autoptr(YjDraft) night = new_draft (SEEDANCE), draft = new_draft ("t2v/wan2.6-t2v");
  g_autofree char *recipe = NULL;
  g_autoptr(GError) error = NULL;
  YjDraftFile *cat = attach (night, YJ_SLOT_REFERENCE_IMAGES, "cat.jpg", YJ_MEDIA_KIND_IMAGE);

  write_prompt (night, "let ", cat, " sleep", NULL, "");
  yj_draft_set_value (night, "resolution", "480p");
  recipe = yj_draft_to_recipe (night);
  g_assert_null (strstr (recipe, "/tmp/"));

  yj_draft_set_value (draft, "duration", "10");
  g_assert_false (yj_draft_apply_recipe (draft, "{}", find_model, NULL, &error));
  g_assert_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX);
  g_assert_cmpstr (yj_draft_get_value (draft, "duration"), ==, "10");
  g_clear_error (&error);

  g_assert_true (yj_draft_apply_recipe (draft, recipe, find_model, NULL, &error));
  g_assert_cmpstr (yj_model_get_id (yj_draft_get_model (draft)), ==, SEEDANCE);
  g_assert_cmpstr (yj_draft_get_value (draft, "resolution"), ==, "480p");
  g_assert_cmpstr (yj_draft_get_value (draft, "duration"), ==, "12");   /* the default again */
  assert_sent (draft, "let @cat sleep");
  attach (draft, YJ_SLOT_REFERENCE_IMAGES, "dog.jpg", YJ_MEDIA_KIND_IMAGE);
  attach (draft, YJ_SLOT_REFERENCE_IMAGES, "cat.png", YJ_MEDIA_KIND_IMAGE);
  g_assert_true (yj_draft_apply_recipe (draft, recipe, find_model, NULL, &error));
  assert_sent (draft, "let [Image 2] sleep");
}

static char *
repeat (const char *text,
        guint       n)
{
  GString *all = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (all, text);
  return g_string_free_and_steal (all);
}

static guint
count_prompt_problems (YjDraft           *draft,
                       YjProblemSeverity  severity)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);
  guint n = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);

      n += problem->severity == severity && g_str_equal (problem->field, "prompt");
    }

  return n;
}

/* At each figure nothing is said, one beyond it is. */
static void
test_length (void)
{
  static const struct { const char *model, *text; YjLengthUnit unit; guint advised, most; gboolean cut; } cases[] = {
    { "t2v/happyhorse-1.0-t2v", "字", YJ_LENGTH_HAN, 2500, 2500, TRUE },
    { "t2v/happyhorse-1.0-t2v", "x", YJ_LENGTH_CHARACTERS, 5000, 5000, TRUE },
    { "t2v/doubao-seedance-2-0-260128", "字", YJ_LENGTH_HAN, 500, 0 },
    { "t2v/doubao-seedance-2-0-260128", "word ", YJ_LENGTH_WORDS, 1000, 0 },
    { "t2v/doubao-seedance-1-5-pro-251215", "字", YJ_LENGTH_HAN, 500, 0 },
    { "t2v/wan2.6-t2v", "字", YJ_LENGTH_CHARACTERS, 800, 1500, TRUE },
    { "t2v/wan2.6-t2v", "x", YJ_LENGTH_CHARACTERS, 800, 1500, TRUE },
    { "t2v/viduq3-pro", "字", YJ_LENGTH_CHARACTERS, 2000, 5000 },
  };
  YjPromptLength length = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint beyond = 0; beyond < 2; beyond++)
      {
        g_autoptr(YjDraft) draft = new_draft (cases[i].model);
        g_autofree char *noted = repeat (cases[i].text, cases[i].advised + beyond);
        g_autofree char *refused = repeat (cases[i].text, cases[i].most + beyond);
        /* what is cut without a word is never refused */
        int worst = cases[i].cut ? YJ_PROBLEM_NOTE : YJ_PROBLEM_LIMIT;

        yj_draft_set_prompt (draft, noted);
        g_assert_true (yj_draft_get_prompt_length (draft, &length));
        g_assert_cmpint (length.unit, ==, cases[i].unit);
        g_assert_cmpuint (length.n, ==, cases[i].advised + beyond);
        g_assert_cmpuint (length.advised, ==, cases[i].advised);
        g_assert_cmpuint (length.most, ==, cases[i].most);
        g_assert_cmpuint (count_prompt_problems (draft, YJ_PROBLEM_NOTE), ==, beyond);
        if (cases[i].most == 0)
          continue;
        yj_draft_set_prompt (draft, refused);
        g_assert_cmpuint (count_prompt_problems (draft, worst), ==, beyond || (worst == YJ_PROBLEM_NOTE && cases[i].most > cases[i].advised));
      }
}

/* It is the text that is sent that counts. */
static void
test_length_of_sent (void)
{
  g_autoptr(YjDraft) draft = new_draft (SEEDANCE);
  YjDraftFile *file = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "一张名字很长很长的图片.jpg", YJ_MEDIA_KIND_IMAGE);
  YjPromptLength length;

  write_prompt (draft, "让", file, "动", NULL, "");
  g_assert_true (yj_draft_get_prompt_length (draft, &length));
  g_assert_cmpuint (length.n, ==, 4);           /* 让图片1动 */
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();
  yj_catalog_overlay (catalog, families, -1, &error);
  g_assert_no_error (error);

  g_test_add_func ("/mentions/text", test_text);
  g_test_add_func ("/mentions/families", test_families);
  g_test_add_func ("/mentions/apart", test_apart);
  g_test_add_func ("/mentions/follow", test_follow);
  g_test_add_func ("/mentions/names", test_names);
  g_test_add_func ("/mentions/typed", test_typed);
  g_test_add_func ("/mentions/json", test_json);
  g_test_add_func ("/mentions/recipe", test_recipe);
  g_test_add_func ("/mentions/length", test_length);
  g_test_add_func ("/mentions/length-of-sent", test_length_of_sent);

  status = g_test_run ();
  g_assert_finalize_object (catalog);
  return status;
}
