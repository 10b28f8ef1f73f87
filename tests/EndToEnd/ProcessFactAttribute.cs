namespace Jobs.Tests.EndToEnd;

/// <summary>A test of tasks that are processes of this machine: it looks at them, or at what they cannot do.</summary>
internal sealed class ProcessFactAttribute : FactAttribute
{
    public ProcessFactAttribute()
    {
        if (RunningLaptop.Engine is { } engine) Skip = $"It is about processes; tasks run in {engine}'s containers.";
    }
}
