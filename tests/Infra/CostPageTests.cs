using System.Runtime.CompilerServices;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>What the page on costs counts in a stack is what a stack has.</summary>
public sealed class CostPageTests
{
    [Fact]
    public void Alarms_are_as_many_as_the_page_says()
    {
        var withQueue = Synthesis.Of((_, runner) =>
            runner.AddJob(new JobDefinition("queue-worker") { Queue = new QueueTrigger() }, Shapes.AnyImage));

        var withEvents = Synthesis.OfJob(
            new JobDefinition("review") { Events = [new EventTrigger("failed") { Source = "com.example.orders" }] });

        Assert.Equal(18, Alarms(Shapes.Typical));
        Assert.Equal(18 + 1 + 3, Alarms(withQueue));
        Assert.Equal(18 + 3, Alarms(withEvents));
        var page = string.Join(' ', File.ReadAllText(Page()).Split('\n').Select(line => line.Trim()));
        Assert.Contains(
            "The runner has 18 alarms, one more with a queue, and three for each queue.", page, StringComparison.Ordinal);
        Assert.Contains("Where a job has `[OnEvent]` there are three more, and an inbox.", page, StringComparison.Ordinal);
    }

    private static int Alarms(Synthesis stack) => stack.Template.OfType("AWS::CloudWatch::Alarm").Count();

    private static string Page([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "reference", "costs.md");
}
