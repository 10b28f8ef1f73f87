using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Core.Alerts;

/// <summary>What a chat channel shows of an alert.</summary>
public sealed class ChatTests
{
    private static readonly AlertWriter Writer = new(new StackInfo("shop", "eu-central-1", "jobs"), new JobCatalog([]));

    [Fact]
    public void Sections_are_headings_commands_are_code_and_addresses_can_be_opened()
    {
        var chat = new AlertText().Prose("It failed.")
            .Section("TO START IT AGAIN").Prose("When the cause is gone:").Line("dotnet jobs retry a").Line("or not")
            .Section("WHERE TO LOOK").Line("Log: https://console.aws.amazon.com/")
            .ToChat("shop: it failed", "x");

        Assert.Equal(
            "It failed.\n\n*TO START IT AGAIN*\nWhen the cause is gone:\n```\ndotnet jobs retry a\nor not\n```\n\n" +
            "*WHERE TO LOOK*\nLog: https://console.aws.amazon.com/",
            chat.Text);
        Assert.Empty(chat.NextSteps);
    }

    [Fact]
    public void What_to_do_becomes_the_next_steps()
    {
        var chat = new AlertText().Prose("It failed.").Steps().Prose("Upload another.").Line("dotnet jobs doctor")
            .Section("THE RUN").Line("Id: a")
            .ToChat("t", "x");

        Assert.Equal(["Upload another.", "dotnet jobs doctor"], chat.NextSteps);
        Assert.Equal("It failed.\n\n*THE RUN*\n```\nId: a\n```", chat.Text);
    }

    [Fact]
    public void What_a_job_says_mentions_no_one_and_ends_no_code()
    {
        var chat = new AlertText().Prose("<!channel> <https://evil.example|fine>").Line("```").Line("<@U1>")
            .ToChat("a\nb <!here>", "x");

        Assert.DoesNotContain('<', chat.Text + chat.Title);
        Assert.Equal(2, chat.Text.Split("```").Length - 1);
        Assert.Equal("a b ‹!here›", chat.Title);
    }

    [Theory]
    [InlineData(400, 60)]
    [InlineData(3, 9_000)]
    [InlineData(1, 8_000)]
    public void Long_text_is_cut_where_a_part_ends_and_says_so(int lines, int length)
    {
        var text = new AlertText().Prose("It failed.").Section("LAST LOG LINES");
        for (var i = 0; i < lines; i++) text.Line(new string('x', length));

        var chat = text.ToChat(new string('t', 1_000), "x");

        Assert.InRange(chat.Text.Length, 20, 8_000);
        Assert.EndsWith("The e-mail has the rest.", chat.Text, StringComparison.Ordinal);
        Assert.Equal(0, (chat.Text.Split("```").Length - 1) % 2);
        Assert.Equal(250, chat.Title.Length);
    }

    [Fact]
    public async Task Test_says_that_it_is_one_and_goes_to_whom_a_job_tells_of_both_ends()
    {
        var alerts = new InMemoryAlerts();
        var job = new JobDefinition("orders") { Recipients = [new("o@example.com") { On = NotifyOn.Always }] };

        await new TestAlerts(alerts, Writer).SendAsync("0123456789abcdef", null, default);
        await new TestAlerts(alerts, Writer).SendAsync("Ünïcode of a sender, and long", job, default);

        Assert.Equal(
            [(null, false), ("orders", false), ("orders", true)],
            alerts.Published.Select(alert => (alert.Job, alert.IsSuccess)));
        Assert.All(alerts.Published, alert =>
        {
            Assert.StartsWith("shop: This is a test of the alerts", alert.Subject, StringComparison.Ordinal);
            Assert.InRange(alert.Subject.Length, 1, 99);
            Assert.True(System.Text.Ascii.IsValid(alert.Subject), alert.Subject);
            Assert.Contains("Nothing has failed.", alert.Body, StringComparison.Ordinal);
            Assert.Contains("Nothing has failed.", alert.Chat.Text, StringComparison.Ordinal);
        });
    }
}
