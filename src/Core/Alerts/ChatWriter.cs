using System.Text;

namespace Jobs.Core.Alerts;

/// <summary>
/// Writes an alert as AWS's chat integration takes it. What jobs say is text and no more: it mentions no one, links to
/// nothing and ends no block of code. The lengths are ours, below those that Slack and Teams show whole.
/// https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
/// </summary>
internal static class ChatWriter
{
    /// <summary>The section that becomes the next steps.</summary>
    public const string Steps = "WHAT TO DO";

    private const int MaxTitle = 250;

    private const int MaxText = 8_000;

    private const int MaxSteps = 10;

    private const int MaxStep = 350;

    private const string Fence = "```\n";

    private const string Rest = "The e-mail has the rest.";

    public static ChatText Write(IReadOnlyList<AlertPart> parts, string title, string thread)
    {
        var text = new StringBuilder();
        var steps = new List<string>();
        var (isStep, isCode) = (false, false);
        foreach (var part in parts)
        {
            if (part.Kind == AlertPartKind.Title) isStep = part.Text == Steps;
            var shown = Plain(part.Text);
            if (isStep)
            {
                if (part.Kind != AlertPartKind.Title) steps.Add(Excerpt.Of(shown, MaxStep));
                continue;
            }

            var next = new StringBuilder();
            if (isCode != IsCode(part)) next.Append(Fence);
            next.Append(part.Kind == AlertPartKind.Title ? $"\n*{shown}*\n" : $"{shown}\n");
            if (text.Length + next.Length + Fence.Length + Rest.Length > MaxText)
            {
                return Of($"{Closed(text, isCode)}{Rest}");
            }

            isCode = IsCode(part);
            text.Append(next);
        }

        return Of(Closed(text, isCode).ToString());

        ChatText Of(string all) =>
            new(
                Excerpt.Of(Plain(title).ReplaceLineEndings(" "), MaxTitle),
                all.Trim(),
                [.. steps.Take(MaxSteps)],
                thread);
    }

    /// <summary>An address is no code: it can be opened.</summary>
    private static bool IsCode(AlertPart part) =>
        part.Kind == AlertPartKind.Line && !part.Text.Contains("https://", StringComparison.Ordinal);

    private static StringBuilder Closed(StringBuilder text, bool isCode) => isCode ? text.Append(Fence) : text;

    /// <summary>Angle brackets are how Slack has mentions and links, and backquotes how both have code.</summary>
    private static string Plain(string text) => text.Replace('<', '‹').Replace('>', '›').Replace('`', '\'');
}
