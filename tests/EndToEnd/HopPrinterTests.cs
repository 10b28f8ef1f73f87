using Jobs.Local.Output;
using Lapstack.Ground;
using Spectre.Console;

namespace Jobs.Tests.EndToEnd;

/// <summary>What comes from outside may be anything; the printer of hops shows it or leaves it, and goes on.</summary>
public sealed class HopPrinterTests
{
    [Fact]
    public async Task Hop_with_any_character_is_printed_without_one_that_a_terminal_obeys()
    {
        var every = Enumerable.Range(0, char.MaxValue + 1).Select(c => $"key {(char)c} end").ToList();

        var shown = await PrintAsync([.. every, "key \u001b[2J end", "the last"]);

        Assert.Contains("key \\uFFFF end", shown, StringComparison.Ordinal);
        Assert.Contains("key \\u001B[2J end", shown, StringComparison.Ordinal);
        Assert.Contains("the last", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be shown", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
    }

    [Fact]
    public async Task Bus_that_the_laptop_made_is_shown_also_when_it_was_made_before()
    {
        await using var written = new StringWriter();
        var writer = TextWriter.Synchronized(written);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        var activity = new Activity(TimeProvider.System);
        activity.Report("S3", "ObjectCreated", "an upload of before");
        activity.Report("EventBridge", "Bus", "Bus orders is not in the template.");
        using var over = new CancellationTokenSource();

        var printing = HopPrinter.Since(console, DateTimeOffset.MaxValue).PrintAsync(activity, over.Token);
        await Eventually.TrueAsync(() => Text().Contains("Bus orders is not", StringComparison.Ordinal));
        await over.CancelAsync();
        await printing;

        Assert.DoesNotContain("before", Text(), StringComparison.Ordinal);

        // A synchronized writer locks itself.
        string Text()
        {
            lock (writer) return written.ToString();
        }
    }

    [Fact]
    public void Output_that_cannot_be_written_ends_nothing()
    {
        using var lasting = new LastingWriter(new FullDisk());

        lasting.WriteLine("a line");
        lasting.Write('c');
        lasting.Flush();
    }

    private static async Task<string> PrintAsync(IReadOnlyList<string> messages)
    {
        await using var written = new StringWriter();
        var writer = TextWriter.Synchronized(written);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 1_000;
        foreach (var some in messages.Chunk(1_000))
        {
            using var watching = new CancellationTokenSource();
            var activity = new Activity(
                TimeProvider.System, _ => throw new InvalidOperationException("An observer fails."));
            foreach (var message in some) activity.Report("S3", "ObjectCreated", message);
            var printing = HopPrinter.Since(console, DateTimeOffset.MinValue).PrintAsync(activity, watching.Token);
            var last = Legible(some[^1]);
            await Eventually.TrueAsync(() => Text().Contains(last, StringComparison.Ordinal));
            await watching.CancelAsync();
            await printing;
        }

        return Text();

        // A synchronized writer locks itself.
        string Text()
        {
            lock (writer) return written.ToString();
        }
    }

    private static string Legible(string text) => Jobs.Core.Legible.Of(text);

    private sealed class FullDisk : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(char[] buffer, int index, int count) =>
            throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void Flush() => throw new IOException("No space left on device");
    }
}
