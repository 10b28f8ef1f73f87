namespace Jobs.Tests.Packages.Elsewhere;

/// <summary>What a new team does on its first day, with nothing of ours but packages.</summary>
[Collection(nameof(PackageFeed))]
public sealed class SolutionTests(PackageFeed feed)
{
    /// <summary>A Scheduled Job of Copilot's.</summary>
    private const string Manifest = """
        name: report
        type: Scheduled Job
        on:
          schedule: "@daily"
        image:
          location: public.ecr.aws/docker/library/busybox:1.37
        command: echo done
        cpu: 256
        memory: 512
        retries: 2
        """;

    private const string Job = "Acme/src/Acme.Worker/LineCount.cs";

    [Fact]
    public async Task New_solution_is_built_tested_run_edited_imported_into_and_has_another_beside_it()
    {
        var team = new Team(feed, "team");
        await team.TypeAsync(".", "new", "install", feed.FileOf("Jobs.Templates", ".nupkg"));
        await team.TypeAsync(".", "new", "jobs", "-n", "Acme", "--allow-scripts", "yes");
        Assert.Contains(
            "role/acme-github-${{ inputs.stage }}",
            await File.ReadAllTextAsync(team.PathOf("Acme/.github/workflows/stage.yml")),
            StringComparison.Ordinal);
        Assert.Contains(
            "Passed!  - Failed:     0, Passed:     2", await team.TypeAsync("Acme", "test"), StringComparison.Ordinal);

        await using var acme = await team.UpAsync("Acme");
        await acme.UploadAsync("incoming/poem.txt", "The fog comes\non little cat feet.\n");
        await acme.UntilAsync("""line-count/\w+ Succeeded.*"lines":2""");

        var source = await File.ReadAllTextAsync(team.PathOf(Job));
        await File.WriteAllTextAsync(
            team.PathOf(Job), source.Replace("new(lines)", "new(lines + 100)", StringComparison.Ordinal));
        await acme.UntilAsync("The next run has the new Acme.Worker.");
        await acme.UploadAsync("incoming/again.txt", "It sits looking\nover harbor and city\n");
        await acme.UntilAsync("""line-count/\w+ Succeeded.*"lines":102""");

        Directory.CreateDirectory(team.PathOf("Acme/copilot/report"));
        await File.WriteAllTextAsync(team.PathOf("Acme/copilot/report/manifest.yml"), Manifest);
        await team.TypeAsync("Acme", "jobs", "import", "copilot", "--out", "imported");
        Assert.Contains("0 Warning(s)", await team.TypeAsync("Acme/imported", "build"), StringComparison.Ordinal);

        await team.TypeAsync(".", "new", "jobs", "-n", "Beta", "--allow-scripts", "yes");
        await using var beta = await team.UpAsync("Beta");
        await beta.UploadAsync("incoming/poem.txt", "on silent haunches\n");
        await beta.UntilAsync("""line-count/\w+ Succeeded.*"lines":1""");
        Assert.Contains("incoming/again.txt", await team.AskAsync(acme, "Acme", "runs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_job_that_the_template_has_builds_without_a_warning_and_passes_its_tests()
    {
        var team = new Team(feed, "kinds");
        await team.TypeAsync(".", "new", "install", feed.FileOf("Jobs.Templates", ".nupkg"));
        await team.TypeAsync(
            ".", "new", "jobs", "-n", "my-jobs", "--schedule", "--queue", "--event", "--image", "--pipeline",
            "codepipeline", "--allow-scripts", "yes");
        Assert.False(Directory.Exists(team.PathOf("my-jobs/.github")));
        Assert.Contains(
            "new JobsPipeline(",
            await File.ReadAllTextAsync(team.PathOf("my-jobs/infra/PipelineStack.cs")),
            StringComparison.Ordinal);

        Assert.Contains("0 Warning(s)", await team.TypeAsync("my-jobs", "build"), StringComparison.Ordinal);
        Assert.Contains(
            "Passed!  - Failed:     0, Passed:     5",
            await team.TypeAsync("my-jobs", "test", "--no-build"),
            StringComparison.Ordinal);

        var job = team.PathOf("my-jobs/src/my_jobs.Worker/LineCount.cs");
        var source = await File.ReadAllTextAsync(job);
        await File.WriteAllTextAsync(job, source.Replace("Cpu = 256", "Cpu = 300", StringComparison.Ordinal));
        Assert.Contains(
            "LineCount.cs(4,6): error JOBS002: Job 'line-count': Cpu must be a size that Fargate has (declared: 300).",
            await team.FailAsync("my-jobs/src/my_jobs.Worker", "build"),
            StringComparison.Ordinal);
    }
}
