//! `Group`: the children of a row, of which there are many, or one at most.

/// The children of one parent.
pub trait Group<T>: Default {
    /// Takes a child; gives it back where there is no room for it.
    #[doc(hidden)]
    fn add(&mut self, child: T) -> Result<(), T>;
}

impl<T> Group<T> for Vec<T> {
    fn add(&mut self, child: T) -> Result<(), T> {
        self.push(child);
        Ok(())
    }
}

impl<T> Group<T> for Option<T> {
    fn add(&mut self, child: T) -> Result<(), T> {
        match self {
            Some(_) => Err(child),
            None => {
                *self = Some(child);
                Ok(())
            }
        }
    }
}
