/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

/* fuzz-NAME CORPUS: the short form of tests/fuzz/run, with any compiler. Always the same mutations; BATON_FUZZ_RUNS and
 * BATON_FUZZ_SEED change that. What broke it is left in the file "broken-input". */

#define RUNS 50000
#define SEED 1
#define LONGEST 4096

static GByteArray *input;

static void
save_input (void)
{
  int fd = open ("broken-input", O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0)
    return;

  if (input != NULL && write (fd, input->data, input->len) < 0)
    (void) unlink ("broken-input");
  close (fd);
}

static void
broken_cb (int number)
{
  save_input ();
  signal (number, SIG_DFL);
  raise (number);
}

/* There when built with the address sanitizer. */
extern void __sanitizer_set_death_callback (void (*callback) (void)) __attribute__ ((weak));

static void
feed (void)
{
  /* exactly as long as it is, so that reading past its end is noticed */
  g_autofree guint8 *exact = g_malloc (MAX (input->len, 1));

  if (input->len > 0)
    memcpy (exact, input->data, input->len);
  LLVMFuzzerTestOneInput (exact, input->len);
}

static void
insert (GByteArray *array, guint position, const guint8 *data, guint size)
{
  guint tail = array->len - position;

  g_byte_array_set_size (array, array->len + size);
  memmove (array->data + position + size, array->data + position, tail);
  memcpy (array->data + position, data, size);
}

static void
mutate (GRand *rand, GPtrArray *corpus)
{
  static const char signs[] = "\"'\\{}[]():;,.=&?%/@#<>+-_ \n\t\r0129azAZeE";
  guint at = (guint) g_rand_int_range (rand, 0, (gint32) input->len + 1);
  guint left = input->len - at;
  guint some = left > 0 ? 1 + (guint) g_rand_int_range (rand, 0, (gint32) MIN (left, 64)) : 0;
  GBytes *other = g_ptr_array_index (corpus, g_rand_int_range (rand, 0, (gint32) corpus->len));
  gsize other_size = 0;
  const guint8 *other_data = g_bytes_get_data (other, &other_size);
  guint8 byte = 0;

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      if (left > 0)
        input->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      byte = (guint8) g_rand_int_range (rand, 0, 256);
      insert (input, at, &byte, 1);
      break;
    case 2:
    case 3:
      byte = (guint8) signs[g_rand_int_range (rand, 0, (gint32) strlen (signs))];
      if (left > 0 && g_rand_boolean (rand))
        input->data[at] = byte;
      else
        insert (input, at, &byte, 1);
      break;
    case 4:
      if (some > 0)
        g_byte_array_remove_range (input, at, some);
      break;
    case 5:
      if (some > 0)
        {
          g_autofree guint8 *piece = g_memdup2 (input->data + at, some);

          insert (input, (guint) g_rand_int_range (rand, 0, (gint32) input->len + 1), piece, some);
        }
      break;
    default:
      if (other_size > 0)
        {
          guint from = (guint) g_rand_int_range (rand, 0, (gint32) other_size);

          insert (input, at, other_data + from, MIN ((guint) other_size - from, 128));
        }
    }

  if (input->len > LONGEST)
    g_byte_array_set_size (input, LONGEST);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
load_corpus (const char *folder)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name = NULL;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      char *data = NULL;
      gsize size = 0;

      g_file_get_contents (g_ptr_array_index (names, i), &data, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (corpus, g_bytes_new_take (data, size));
    }

  return corpus;
}

static guint
number_of (const char *variable, guint fallback)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : fallback;
}

static void
start_with (GPtrArray *corpus, guint i)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (g_ptr_array_index (corpus, i), &size);

  g_byte_array_set_size (input, 0);
  g_byte_array_append (input, data, (guint) size);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) corpus = NULL;
  guint runs = number_of ("BATON_FUZZ_RUNS", RUNS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (number_of ("BATON_FUZZ_SEED", SEED));

  g_assert_cmpint (argc, ==, 2);
  corpus = load_corpus (argv[1]);
  g_assert_cmpuint (corpus->len, >, 0);
  input = g_byte_array_new ();

  signal (SIGABRT, broken_cb);
  signal (SIGTRAP, broken_cb);
  if (__sanitizer_set_death_callback != NULL)
    __sanitizer_set_death_callback (save_input);
  else
    signal (SIGSEGV, broken_cb);

  g_print ("1..2\n");

  for (guint i = 0; i < corpus->len; i++)
    {
      start_with (corpus, i);
      feed ();
    }
  g_print ("ok 1 the corpus, %u files\n", corpus->len);

  for (guint run = 0; run < runs; run++)
    {
      if (run % 16 == 0)
        start_with (corpus, (guint) g_rand_int_range (rand, 0, (gint32) corpus->len));
      mutate (rand, corpus);
      feed ();
    }
  g_print ("ok 2 %u mutations\n", runs);

  g_byte_array_unref (g_steal_pointer (&input));

  return 0;
}
