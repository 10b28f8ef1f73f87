namespace Lapstack.Services.Ecs.Definitions;

/// <summary>What becomes of a property of a task definition here.</summary>
internal enum Handling
{
    /// <summary>As on Fargate.</summary>
    Enforced,

    /// <summary>Kept and told to those who ask; nothing else happens, and nothing is said.</summary>
    Kept,

    /// <summary>Said at the start; the task runs without it.</summary>
    Warned,

    /// <summary>Said at the start; the task is refused with that sentence.</summary>
    Refused,

    /// <summary>Fargate has no such thing: the template is refused, as a deployment of it would be.</summary>
    NotOnFargate,
}
