using Jobs.Apps;
using Jobs.Core;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Lapstack;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>
/// Turns what a person can mend into one clear message and an exit code; anything else keeps its stack trace.
/// </summary>
internal static class Guard
{
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (IsForPeople(e))
        {
            Screen.Create().MarkupLineInterpolated($"[red]{Legible.Of(e.Message)}[/]");
            return ExitCodes.NotReady;
        }
        catch (OperationCanceledException)
        {
            Screen.Create().MarkupLine("Stopped.");
            return ExitCodes.Done;
        }
    }

    private static bool IsForPeople(Exception e) =>
        e is AppException or PortInUseException or Lapstack.Template.TemplateException
            or Lapstack.Services.DynamoDb.DynaliteException or IOException;
}
