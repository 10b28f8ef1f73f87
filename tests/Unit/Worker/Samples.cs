namespace Jobs.Tests.Unit.Worker;

/// <summary>The files of samples/, copied beside the tests.</summary>
internal static class Samples
{
    public static byte[] Read(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", name));
}
