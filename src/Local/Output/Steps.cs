using System.Globalization;
using Jobs.Core;
using Spectre.Console;

namespace Jobs.Local.Output;

/// <summary>Says what is being done and how long it took: a spinner on a terminal, plain lines elsewhere.</summary>
internal sealed class Steps(IAnsiConsole console, TimeProvider clock)
{
    public void Note(string text) => console.MarkupLineInterpolated($"[grey]{Legible.Of(text)}[/]");

    /// <summary>What a person can mend.</summary>
    public void Fault(string text) => console.MarkupLineInterpolated($"[red]{Legible.Of(text)}[/]");

    public async Task<T> StepAsync<T>(string what, Func<Task<T>> step)
    {
        var begin = clock.GetTimestamp();
        T result = default!;
        if (console.Profile.Capabilities.Interactive)
        {
            await console.Status().StartAsync(Markup.Escape(what) + "…", async _ => result = await step());
        }
        else
        {
            console.WriteLine(what + "…");
            result = await step();
        }

        var took = clock.GetElapsedTime(begin).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated($"[green]✓[/] {what} [grey]({took} s)[/]");
        return result;
    }

    public Task StepAsync(string what, Func<Task> step) => StepAsync(what, async () =>
    {
        await step();
        return true;
    });
}
