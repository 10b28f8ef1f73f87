namespace Jobs.Tests.Infra;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void What_a_stacks_author_names_lies_in_one_namespace() => Assert.Equal(
        ["EnvironmentFileObject", "Job", "JobProps", "JobRunner", "JobRunnerProps", "Sidecar"],
        typeof(JobRunner).Assembly.GetExportedTypes()
            .Select(type => type.FullName!.Replace("Jobs.", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
}
