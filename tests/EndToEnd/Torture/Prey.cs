namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>What the monkey kills.</summary>
internal enum Prey
{
    Laptop,
    Function,
    Worker,
    Dynalite,
}
