using Amazon.SQS.Model;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Page;
using Microsoft.Playwright;

namespace Jobs.Tests.EndToEnd;

/// <summary>What a person does on the page, and sees of it without loading it again.</summary>
[Collection(JobsCollection.Name)]
public sealed class PageActTests(JobsLaptop stack, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private PageServer _page = null!;
    private IPage _tab = null!;

    private string Origin => _page.Address.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        _page = await PageServer.StartAsync(new PageSettings { Laptop = stack.Laptop.Endpoint, StackName = "jobs" });
        await stack.TickAsync();
        _tab = await chromium.OpenAsync();
        await _tab.GotoAsync(_page.Address.ToString());
    }

    public async Task DisposeAsync()
    {
        if (_tab is not null) await _tab.Context.CloseAsync();
        if (_page is not null) await _page.DisposeAsync();
    }

    [ChromiumFact]
    public async Task Run_is_retried_and_the_new_one_followed_to_its_end()
    {
        var run = await stack.UploadAsync("refused", "refused/page-retry", "it");
        await stack.EndOfAsync(run);
        await _tab.GotoAsync($"{Origin}/runs/{run}");

        await Button("Retry").ClickAsync();

        await Assertions.Expect(_tab.Locator(".notice")).ToContainTextAsync("This run repeats");
        await Assertions.Expect(_tab.Locator("h1")).Not.ToHaveTextAsync($"{run}");
        await SeesAsync(".title .state", "Failed");
        await SeesAsync(".log", "It was told to.");
    }

    [ChromiumFact]
    public async Task Run_is_cancelled_after_a_second_question()
    {
        var run = await stack.StartAsync("slow", "page-cancel");
        await stack.RunsAsync("slow", "page-cancel");
        await _tab.GotoAsync($"{Origin}/runs/{run}");
        await SeesAsync(".title .state", "Running");

        await _tab.GetByText("Cancel…").ClickAsync();
        await Button("End this run").ClickAsync();

        await Assertions.Expect(_tab.Locator(".notice")).ToContainTextAsync("was asked for");
        await SeesAsync(".title .state", "Cancelled");
    }

    [ChromiumFact]
    public async Task Task_on_spot_is_interrupted_and_the_run_goes_on_in_another()
    {
        var run = await stack.StartAsync("slow-on-spot", "page-spot");
        await stack.RunsAsync("slow-on-spot", "page-spot");
        await _tab.GotoAsync($"{Origin}/runs/{run}");

        await _tab.GetByText("Interrupt…").ClickAsync();
        await Button("Take its task away").ClickAsync();

        await SeesAsync(".timeline", "SpotInterruption");
        await stack.OpenGateAsync("slow-on-spot", "page-spot");
        await stack.EndOfAsync(run);
        await SeesAsync(".title .state", "Succeeded");
    }

    [ChromiumFact]
    public async Task Input_that_does_not_fit_comes_back_and_one_that_does_is_a_run()
    {
        await _tab.GotoAsync($"{Origin}/jobs/told");
        await _tab.GetByText("Submit a run…").ClickAsync();
        await _tab.GetByLabel("Input, as JSON").FillAsync("{\"key\": 7}");
        await Button("Submit").ClickAsync();
        await Assertions.Expect(_tab.Locator(".fault")).ToContainTextAsync("does not fit told");

        await stack.UploadAsync("told", "told/page-submit", "done");
        await _tab.GetByLabel("Input, as JSON").FillAsync(
            $$"""{"bucket": "{{stack.Laptop.Bucket}}", "key": "told/page-submit"}""");
        await Button("Submit").ClickAsync();

        await SeesAsync(".title .state", "Succeeded");
        await SeesAsync(".json >> nth=1", "done");
    }

    [ChromiumFact]
    public async Task Dead_letters_go_back_to_their_queue()
    {
        await stack.Queues.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = stack.Laptop.Output(OutputNames.DeadLettersPrefix + "Uploads"),
            MessageBody = """{"job":"none"}""",
        });
        await _tab.GotoAsync($"{Origin}/queues/Uploads");
        await Assertions.Expect(_tab.Locator(".letters")).ToContainTextAsync("none");

        await _tab.GetByText("Redrive…").ClickAsync();
        await Button("Move 1 message back").ClickAsync();

        await Assertions.Expect(_tab.Locator(".notice")).ToContainTextAsync("1 message went back to Uploads");
    }

    [ChromiumFact]
    public async Task File_that_is_dropped_starts_a_run()
    {
        await _tab.GotoAsync($"{Origin}/laptop");
        await _tab.GetByLabel("Where").SelectOptionAsync("told/*");
        await _tab.GetByLabel("File").SetInputFilesAsync(new FilePayload
        {
            Name = "page-drop.txt",
            MimeType = "text/plain",
            Buffer = "dropped"u8.ToArray(),
        });
        await Button("Upload").ClickAsync();

        await Assertions.Expect(_tab.Locator(".notice")).ToContainTextAsync("It starts told");
        await SeesAsync(".runs .state", "Succeeded");
    }

    [ChromiumFact]
    public async Task Message_goes_into_the_queue_of_a_job()
    {
        await _tab.GotoAsync($"{Origin}/jobs/noted");
        await _tab.GetByText("Send a message…").ClickAsync();
        await _tab.GetByLabel("Message").FillAsync("""{"text": "a note"}""");
        await Button("Send").ClickAsync();

        await Assertions.Expect(_tab.Locator(".notice")).ToContainTextAsync("The message is in the queue Noted");
    }

    private ILocator Button(string name) => _tab.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The page shows it by itself; the tick runs meanwhile.</summary>
    private async Task SeesAsync(string where, string text)
    {
        await stack.WaitAsync<object>($"'{text}' on the page", async () =>
        {
            if (await _tab.Locator(where).First.TextContentAsync() is { } shown
                && shown.Contains(text, StringComparison.Ordinal))
            {
                return shown;
            }

            await stack.TickAsync();
            return null;
        });
    }
}
