namespace Lapstack.Ports;

/// <summary>Application Auto Scaling, for the alarms that trigger its step scaling policies.</summary>
public interface IScaling
{
    /// <summary>Whether there is a step scaling policy of this ARN.</summary>
    bool Exists(string policyArn);

    /// <summary>Carries the policy out. Called for each minute in which the alarm is in ALARM.</summary>
    /// <param name="alarm">The alarm's name.</param>
    /// <param name="breach">The metric's newest value less the alarm's threshold.</param>
    /// <param name="isBelow">Whether the alarm is one for values below its threshold: then upper bounds of steps are
    /// inclusive, and not lower ones.</param>
    void Scale(string policyArn, string alarm, double breach, bool isBelow);
}
